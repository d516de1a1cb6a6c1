/** What tests of stages share: a signed run on disk, and a stage under test that works on it. */
@NullMarked
package dev.lockkeeper.testing;

import org.jspecify.annotations.NullMarked;
