package dev.lockkeeper.activities.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The code that made a package.
 *
 * @param lockkeeper Lockkeeper's version
 * @param revision the revision that the worker was started with ({@code LOCKKEEPER_REVISION}, for
 *     example a commit); null if it was not told
 * @param java the Java runtime
 * @param system operating system and processor
 */
record CodeVersion(String lockkeeper, @Nullable String revision, String java, String system) {

  static CodeVersion running() {
    return new CodeVersion(
        version(),
        System.getenv("LOCKKEEPER_REVISION"),
        Runtime.version().toString(),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
  }

  private static String version() {
    try (InputStream in = CodeVersion.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException("version.properties cannot be read from the jar", e);
    }
  }
}
