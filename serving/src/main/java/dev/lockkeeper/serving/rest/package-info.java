/** The Open Inference Protocol v2 over REST, with the routes for control, health and metrics. */
@NullMarked
package dev.lockkeeper.serving.rest;

import org.jspecify.annotations.NullMarked;
