/** Where things lie: zones, references by digest, and the evidence a stage leaves. */
@NullMarked
package dev.lockkeeper.contracts.artifact;

import org.jspecify.annotations.NullMarked;
