/** What every stage shares about a run: its identity, roles, stages, failures and status. */
@NullMarked
package dev.lockkeeper.contracts.run;

import org.jspecify.annotations.NullMarked;
