/**
 * The training stage: a child process, isolated as far as the machine allows, makes an ONNX model.
 */
@NullMarked
package dev.lockkeeper.activities.training;

import org.jspecify.annotations.NullMarked;
