package dev.lockkeeper.activities.training;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * This JVM's class path as absolute paths, with the jars that a jar's manifest names, so that a
 * process in another folder and behind a sandbox finds the same classes.
 */
final class ClassPath {

  private final Set<String> entries = new LinkedHashSet<>();

  private ClassPath() {}

  static List<String> entries() throws IOException {
    ClassPath path = new ClassPath();
    for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
      if (!entry.isEmpty()) {
        path.add(Path.of(entry).toAbsolutePath().normalize());
      }
    }
    return List.copyOf(path.entries);
  }

  private void add(Path entry) throws IOException {
    if (!Files.exists(entry) || !entries.add(entry.toString()) || !Files.isRegularFile(entry)) {
      return;
    }
    try (JarFile jar = new JarFile(entry.toFile())) {
      Manifest manifest = jar.getManifest();
      String named =
          manifest == null
              ? null
              : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      if (named != null) {
        for (String url : named.trim().split(" +")) {
          Path place = Path.of(entry.toUri().resolve(url));
          add(place.normalize());
        }
      }
    }
  }
}
