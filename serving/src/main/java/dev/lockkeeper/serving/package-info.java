/**
 * The inference gateway's core, which knows no protocol: it verifies the whole chain before it
 * loads a model, routes canaries and logs every prediction.
 */
@NullMarked
package dev.lockkeeper.serving;

import org.jspecify.annotations.NullMarked;
