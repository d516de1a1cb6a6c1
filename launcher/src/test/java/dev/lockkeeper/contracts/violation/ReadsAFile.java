package dev.lockkeeper.contracts.violation;

import java.nio.file.Path;

/** Violates the rule that contracts contain no input or output. */
public record ReadsAFile(Path path) {}
