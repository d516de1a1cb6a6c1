package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.contracts.run.FailureType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the documents refer to is there. */
class DocumentsTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
  private static final Pattern FENCE = Pattern.compile("(?s)```.*?```");
  private static final Pattern DIAGRAM = Pattern.compile("(?s)```mermaid\\n(.*?)```");
  private static final Pattern KIND =
      Pattern.compile("(flowchart (LR|TB)|sequenceDiagram|stateDiagram-v2)");
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");

  private static List<Path> pages = List.of();

  @BeforeAll
  static void find() throws IOException {
    pages = files(ROOT.resolve("docs"), ".md");
    assertTrue(pages.size() > 20, pages.toString());
    pages.addAll(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
  }

  @Test
  void links_leadToAFileAndAHeading() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages) {
      String text = FENCE.matcher(Files.readString(page)).replaceAll("");
      for (MatchResult link : LINK.matcher(text).results().toList()) {
        if (!leadsSomewhere(page, link.group(1))) {
          broken.add(ROOT.relativize(page) + ": " + link.group(1));
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void diagrams_areOfAKnownKindAndClosed() throws IOException {
    int diagrams = 0;
    for (Path page : pages) {
      for (MatchResult diagram : DIAGRAM.matcher(Files.readString(page)).results().toList()) {
        List<String> lines = diagram.group(1).lines().toList();
        assertTrue(KIND.matcher(lines.get(0)).matches(), page + ": " + lines.get(0));
        assertBalanced(page, diagram.group(1));
        long opened =
            lines.stream().filter(l -> l.strip().matches("(subgraph|loop|alt|opt)\\b.*")).count();
        long closed = lines.stream().filter(l -> l.strip().equals("end")).count();
        assertEquals(opened, closed, page + ": blocks that are opened and ended");
        diagrams++;
      }
    }
    assertTrue(diagrams >= 10, "diagrams: " + diagrams);
  }

  /** A table of threats that names a test which is gone promises too much. */
  @Test
  void testsOfTheThreatModel_exist() throws IOException {
    List<String> named = new ArrayList<>();
    for (MatchResult test :
        TEST.matcher(Files.readString(ROOT.resolve("docs/threat-model.md"))).results().toList()) {
      String source =
          files(ROOT, "/" + test.group(1) + ".java").stream()
              .map(DocumentsTest::read)
              .collect(Collectors.joining());
      assertTrue(source.contains("void " + test.group(2) + "("), "no test " + test.group());
      named.add(test.group());
    }
    assertTrue(named.size() > 28, named.toString());
  }

  @Test
  void everyFailureType_isExplained() {
    String text = pages.stream().map(DocumentsTest::read).collect(Collectors.joining());
    List<FailureType> unexplained =
        Arrays.stream(FailureType.values())
            .filter(type -> !text.contains("`" + type.name() + "`"))
            .toList();
    assertEquals(List.of(), unexplained);
  }

  private static boolean leadsSomewhere(Path page, String link) throws IOException {
    if (link.matches("https?://.*")) {
      return true;
    }
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    if (!Files.exists(target)) {
      return false;
    }
    return parts.length == 1 || anchors(target).contains(parts[1]);
  }

  /** Headings as forges turn them into anchors. */
  private static Set<String> anchors(Path page) throws IOException {
    Set<String> anchors = new HashSet<>();
    String text = FENCE.matcher(Files.readString(page)).replaceAll("");
    for (MatchResult heading : HEADING.matcher(text).results().toList()) {
      anchors.add(
          heading
              .group(1)
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N} _-]", "")
              .replace(' ', '-'));
    }
    return anchors;
  }

  private static void assertBalanced(Path page, String diagram) {
    String withoutArrows = diagram.replaceAll("<?-+>+|-\\.->|==>|<br/>", " ");
    for (String pair : List.of("[]", "()", "{}")) {
      long opened = withoutArrows.chars().filter(c -> c == pair.charAt(0)).count();
      long closed = withoutArrows.chars().filter(c -> c == pair.charAt(1)).count();
      assertEquals(opened, closed, page + ": " + pair + " in " + diagram);
    }
    long quotes = withoutArrows.chars().filter(c -> c == '"').count();
    assertFalse(quotes % 2 == 1, page + ": a quote that is not closed in " + diagram);
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return new ArrayList<>(
          files
              .filter(file -> file.toString().endsWith(ending))
              .filter(file -> !file.toString().contains("/target/"))
              .sorted(Comparator.naturalOrder())
              .toList());
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
