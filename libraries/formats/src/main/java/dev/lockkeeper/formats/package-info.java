/** What is signed, stored or sent and outlives a process: records, their JSON and their digests. */
@NullMarked
package dev.lockkeeper.formats;

import org.jspecify.annotations.NullMarked;
