/**
 * What crosses a boundary: workflow and activity interfaces, records, failure types, task queues,
 * ids.
 */
@NullMarked
package dev.lockkeeper.contracts;

import org.jspecify.annotations.NullMarked;
