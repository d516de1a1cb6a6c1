/**
 * The inference gateway: it verifies the whole chain before it loads a model, routes canaries and
 * logs every prediction.
 */
@NullMarked
package dev.lockkeeper.serving;

import org.jspecify.annotations.NullMarked;
