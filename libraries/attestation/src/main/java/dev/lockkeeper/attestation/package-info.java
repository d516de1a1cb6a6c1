/** Keys, signatures and statements, and the verification of the chain of custody. */
@NullMarked
package dev.lockkeeper.attestation;

import org.jspecify.annotations.NullMarked;
