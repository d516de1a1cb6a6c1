package dev.lockkeeper.stage;

import dev.lockkeeper.formats.registry.CodeVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The code of this worker. Its revision is the commit that it was built from, with {@code -dirty}
 * behind it if the tree was changed; where it was built without a repository, the variable {@code
 * LOCKKEEPER_REVISION} tells it.
 */
public final class RunningCode {

  private static final String GIT = "git.properties";

  private RunningCode() {}

  /** The version, the commit and where it runs. */
  public static CodeVersion version() {
    return new CodeVersion(
        property("version.properties", "version"),
        revision(),
        Runtime.version().toString(),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
  }

  private static @Nullable String revision() {
    if (RunningCode.class.getResource(GIT) == null) {
      String told = System.getenv().getOrDefault("LOCKKEEPER_REVISION", "");
      return told.isEmpty() ? null : told;
    }
    boolean changed = Boolean.parseBoolean(property(GIT, "git.dirty"));
    return property(GIT, "git.commit.id.full") + (changed ? "-dirty" : "");
  }

  private static String property(String file, String name) {
    try (InputStream in = RunningCode.class.getResourceAsStream(file)) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty(name);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read from the jar", e);
    }
  }
}
