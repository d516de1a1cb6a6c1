/** Model files are programs: what one must look like before any runtime sees it. */
@NullMarked
package dev.lockkeeper.custody.model;

import org.jspecify.annotations.NullMarked;
