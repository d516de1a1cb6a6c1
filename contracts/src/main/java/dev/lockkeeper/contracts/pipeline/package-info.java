/** The pipeline workflow and the specification that a run is started with. */
@NullMarked
package dev.lockkeeper.contracts.pipeline;

import org.jspecify.annotations.NullMarked;
