/** Reviews, decisions and approvals. */
@NullMarked
package dev.lockkeeper.formats.approval;

import org.jspecify.annotations.NullMarked;
