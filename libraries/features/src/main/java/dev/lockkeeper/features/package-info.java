/**
 * The feature language: typed row expressions, compiled once into one class that training and
 * serving share.
 */
@NullMarked
package dev.lockkeeper.features;

import org.jspecify.annotations.NullMarked;
