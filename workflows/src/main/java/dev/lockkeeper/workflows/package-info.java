/** The workflows as a Temporal plugin; one package for each workflow, replayed code only. */
@NullMarked
package dev.lockkeeper.workflows;

import org.jspecify.annotations.NullMarked;
