/** What an endpoint serves: manifests, releases and the plan of a canary. */
@NullMarked
package dev.lockkeeper.formats.deployment;

import org.jspecify.annotations.NullMarked;
