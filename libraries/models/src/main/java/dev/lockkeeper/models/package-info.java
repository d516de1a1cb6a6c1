/** Model files are programs: what one must look like before any runtime sees it. */
@NullMarked
package dev.lockkeeper.models;

import org.jspecify.annotations.NullMarked;
