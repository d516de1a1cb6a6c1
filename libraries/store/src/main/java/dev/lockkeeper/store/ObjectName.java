package dev.lockkeeper.store;

import java.util.regex.Pattern;

/**
 * What a named object may be called, in every store: the name is a path in some and a key in
 * others.
 */
public final class ObjectName {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9@._-]+(/[A-Za-z0-9@._-]+)*");

  private static final Pattern DOTS = Pattern.compile("(^|/)\\.{1,2}(/|$)");

  private ObjectName() {}

  /**
   * Refuses what is not a name.
   *
   * @return the name
   * @throws IllegalArgumentException if it has an empty segment, one of dots alone, or other
   *     characters than {@code [A-Za-z0-9@._-]}
   */
  public static String require(String name) {
    if (!NAME.matcher(name).matches() || DOTS.matcher(name).find()) {
      throw new IllegalArgumentException(
          "object name '"
              + name
              + "': expected segments of letters, digits and @._- separated by '/'");
    }
    return name;
  }

  /**
   * Refuses what no name starts with.
   *
   * @param prefix the beginning of a name; empty for all names
   * @return the prefix
   * @throws IllegalArgumentException as {@link #require} does
   */
  public static String requirePrefix(String prefix) {
    if (!prefix.isEmpty()) {
      require(prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix);
    }
    return prefix;
  }
}
