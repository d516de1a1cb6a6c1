/** Model packages and what they contain. */
@NullMarked
package dev.lockkeeper.formats.registry;

import org.jspecify.annotations.NullMarked;
