/** What a model package and its release must prove before anything serves them. */
@NullMarked
package dev.lockkeeper.attestation.release;

import org.jspecify.annotations.NullMarked;
