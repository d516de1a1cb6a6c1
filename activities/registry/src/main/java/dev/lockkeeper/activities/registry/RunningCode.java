package dev.lockkeeper.activities.registry;

import dev.lockkeeper.formats.registry.CodeVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The code of this worker. The variable {@code LOCKKEEPER_REVISION} tells its revision. */
final class RunningCode {

  private RunningCode() {}

  static CodeVersion version() {
    return new CodeVersion(
        lockkeeper(),
        System.getenv("LOCKKEEPER_REVISION"),
        Runtime.version().toString(),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
  }

  private static String lockkeeper() {
    try (InputStream in = RunningCode.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException("version.properties cannot be read from the jar", e);
    }
  }
}
