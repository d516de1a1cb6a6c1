/** Keys and other secrets: where they come from, and how they stay out of what is written. */
@NullMarked
package dev.lockkeeper.attestation.secret;

import org.jspecify.annotations.NullMarked;
