/** The gateway as a process: the core and the protocols that it answers. */
@NullMarked
package dev.lockkeeper.serving.gateway;

import org.jspecify.annotations.NullMarked;
