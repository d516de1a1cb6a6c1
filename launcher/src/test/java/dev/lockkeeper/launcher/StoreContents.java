package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.store.FileDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a store contains beside the marks of its zones: every object is whole, and nothing is on its
 * way.
 *
 * @param names {@code ZONE/sha256/HEX} and {@code ZONE/named/NAME}
 */
record StoreContents(Set<String> names) {

  /** Reads a store and checks every object against its digest. */
  static StoreContents whole(StateFolder state) throws IOException {
    Path root = state.store();
    try (Stream<Path> files = Files.walk(root)) {
      Set<String> names =
          files
              .filter(Files::isRegularFile)
              .map(file -> root.relativize(file).toString())
              .filter(name -> !name.endsWith("/zone"))
              .collect(Collectors.toCollection(TreeSet::new));
      names.forEach(name -> assertWhole(root, name));
      return new StoreContents(names);
    }
  }

  /** The zones in which there is more than before. */
  Set<String> grownSince(StoreContents before) {
    return names.stream()
        .filter(name -> !before.names.contains(name))
        .map(name -> name.substring(0, name.indexOf('/')))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void assertWhole(Path root, String name) {
    String[] parts = name.split("/", 3);
    assertEquals(3, parts.length, name);
    if (parts[1].equals("sha256")) {
      try {
        assertEquals(parts[2], FileDigest.sha256(root.resolve(name)), name);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    } else {
      assertEquals("named", parts[1], "half-written: " + name);
    }
  }
}
