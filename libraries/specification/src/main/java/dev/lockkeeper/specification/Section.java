package dev.lockkeeper.specification;

import dev.lockkeeper.formats.Range;
import dev.lockkeeper.formats.validation.BehaviourCheck;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of a YAML file. What is wrong with it is noted with its line, and reading goes on, so
 * that a person sees every problem at once.
 */
final class Section {

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private final Problems problems;
  private final String path;
  private final int line;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new LinkedHashMap<>();

  Section(Problems problems, String path, @Nullable Node node, int line) {
    this.problems = problems;
    this.path = path;
    this.line = node == null ? line : line(node);
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(this::take);
    } else if (node != null) {
      problems.at(this.line, at("") + "expected keys with values");
    }
  }

  private void take(NodeTuple tuple) {
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      problems.at(line(tuple.getKeyNode()), at("") + "expected a plain key");
      return;
    }
    int keyLine = line(key);
    if (lines.putIfAbsent(key.getValue(), keyLine) != null) {
      problems.at(keyLine, at(key.getValue()) + "is there twice");
    }
    if (!tuple.getValueNode().getTag().equals(Tag.NULL)) {
      values.put(key.getValue(), tuple.getValueNode());
    }
  }

  /** Notes every key that is none of those given. */
  Section only(String... keys) {
    List<String> known = List.of(keys);
    lines.forEach(
        (key, at) -> {
          if (!known.contains(key)) {
            problems.at(
                at,
                at(key)
                    + "unknown key; expected "
                    + (known.isEmpty() ? "none here" : "one of " + String.join(", ", known)));
          }
        });
    return this;
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  List<String> keys() {
    return List.copyOf(values.keySet());
  }

  String text(String key) {
    String value = text(key, null);
    if (value == null) {
      if (!has(key)) {
        problems.at(line, at(key) + "is missing");
      }
      return "";
    }
    return value;
  }

  @Nullable String text(String key, @Nullable String otherwise) {
    Node node = values.get(key);
    if (node == null) {
      return otherwise;
    }
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    problems.at(line(node), at(key) + "expected one value");
    return otherwise;
  }

  <T> T parsed(String key, T otherwise, String expected, Function<String, T> parse) {
    String text = text(key, null);
    if (text == null) {
      return otherwise;
    }
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      problem(key, "expected " + expected + ", got '" + text + "'");
      return otherwise;
    }
  }

  double number(String key, double otherwise) {
    return parsed(key, otherwise, "a number", Section::decimal);
  }

  @Nullable Double number(String key) {
    return has(key) ? number(key, 0) : null;
  }

  double number(String key, double otherwise, Range<Double> range) {
    return parsed(
        key,
        otherwise,
        "a number from " + plain(range.low()) + " to " + plain(range.high()),
        text -> within(decimal(text), range));
  }

  @Nullable Double share(String key) {
    return has(key) ? number(key, 0, BehaviourCheck.SHARES) : null;
  }

  long integer(String key, long otherwise) {
    return parsed(key, otherwise, "an integer", Long::valueOf);
  }

  int integer(String key, int otherwise, Range<Long> range) {
    return parsed(
        key,
        otherwise,
        "an integer from " + range.low() + " to " + range.high(),
        text -> Math.toIntExact(within(Long.parseLong(text), range)));
  }

  boolean bool(String key, boolean otherwise) {
    return parsed(key, otherwise, "true or false", Section::bool);
  }

  /** A day or a time of day, in UTC. */
  Instant time(String key) {
    return parsed(
        key, Instant.EPOCH, "a time such as 2020-01-31 or 2020-01-31 12:00:00", Section::instant);
  }

  private static Instant instant(CharSequence text) {
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : LocalDateTime.parse(text.toString().replace(' ', 'T')).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not a time", e);
    }
  }

  /** ISO 8601 ({@code PT30S}) or a number with one of the units ms, s, m, h, d. */
  Duration duration(String key, Duration otherwise, Range<Duration> range) {
    Duration duration =
        parsed(key, otherwise, "a duration such as 30s, 10m, 48h or PT1H30M", Durations::parse);
    if (range.contains(duration)) {
      return duration;
    }
    problem(
        key,
        "expected "
            + Durations.text(range.low())
            + " to "
            + Durations.text(range.high())
            + ", got '"
            + text(key, "")
            + "'");
    return otherwise;
  }

  <E extends Enum<E>> E choice(String key, Class<E> type, @Nullable E otherwise) {
    E[] all = type.getEnumConstants();
    String expected =
        "one of "
            + String.join(
                ", ",
                java.util.Arrays.stream(all)
                    .map(e -> e.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .toList());
    if (!has(key) && otherwise == null) {
      problem(key, "is missing; expected " + expected);
    }
    E fallback = otherwise == null ? all[0] : otherwise;
    return parsed(
        key,
        fallback,
        expected,
        text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_')));
  }

  Section section(String key) {
    return new Section(
        problems, at(key).strip().replaceAll(":$", ""), values.get(key), lineOf(key));
  }

  Section required(String key) {
    if (!has(key)) {
      problems.at(line, at(key) + "is missing");
    }
    return section(key);
  }

  /** The entries of a list of mappings; none if it is left out. */
  List<Section> sections(String key) {
    List<Section> sections = new ArrayList<>();
    List<Node> items = items(key);
    for (int i = 0; i < items.size(); i++) {
      sections.add(new Section(problems, name(key) + "[" + i + "]", items.get(i), lineOf(key)));
    }
    return sections;
  }

  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Node item : items(key)) {
      if (item instanceof ScalarNode scalar) {
        texts.add(scalar.getValue());
      } else {
        problems.at(line(item), at(key) + "expected a list of values");
      }
    }
    return texts;
  }

  Map<String, String> textsByKey() {
    Map<String, String> texts = new TreeMap<>();
    keys().forEach(name -> texts.put(name, text(name)));
    return texts;
  }

  void problem(String key, String what) {
    problems.at(lineOf(key), at(key) + what);
  }

  /**
   * The column at which a scalar's text begins, from 1; 0 if it does not stand on one line as it
   * is, without an escape.
   */
  int columnOf(String key) {
    if (!(values.get(key) instanceof ScalarNode scalar)) {
      return 0;
    }
    int quote = scalar.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN ? 0 : 1;
    int width = scalar.getEndMark().getIndex() - scalar.getStartMark().getIndex();
    return width == scalar.getValue().length() + 2 * quote
        ? scalar.getStartMark().getColumn() + 1 + quote
        : 0;
  }

  int lineOf(String key) {
    return lines.getOrDefault(key, line);
  }

  private List<Node> items(String key) {
    Node node = values.get(key);
    if (node == null) {
      return List.of();
    }
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    problems.at(line(node), at(key) + "expected a list");
    return List.of();
  }

  private String name(String key) {
    return path.isEmpty() ? key : key.isEmpty() ? path : path + "." + key;
  }

  private String at(String key) {
    String name = name(key);
    return name.isEmpty() ? "" : name + ": ";
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  private static boolean bool(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Boolean.parseBoolean(text);
    }
    throw new IllegalArgumentException(text);
  }

  /** Java's own reading takes {@code NaN}, {@code 0x1p3} and {@code 1d} too. */
  static double decimal(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    return Double.parseDouble(text);
  }

  private static <T extends Comparable<T>> T within(T value, Range<T> range) {
    if (!range.contains(value)) {
      throw new IllegalArgumentException();
    }
    return value;
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
