package dev.lockkeeper.specification;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/** What is wrong with one YAML file. */
final class Problems {

  /** A pipeline or a contract of a thousand columns has a tenth of it. */
  private static final long MAXIMUM_BYTES = 1 << 20;

  private final Path file;
  private final Set<String> found = new LinkedHashSet<>();

  Problems(Path file) {
    this.file = file;
  }

  /** The file's top mapping. Reading a file that is not YAML ends at once. */
  Section read() {
    String text = "";
    try {
      long bytes = Files.size(file);
      if (bytes > MAXIMUM_BYTES) {
        throw new PipelineException(
            List.of(
                file
                    + ": has "
                    + bytes
                    + " bytes, at most "
                    + MAXIMUM_BYTES
                    + " are read: is it the data?"));
      }
      text = Files.readString(file);
      Node node =
          new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
      if (node == null) {
        throw new PipelineException(List.of(file + ":1: the file is empty"));
      }
      return new Section(this, "", node, 1);
    } catch (NoSuchFileException e) {
      throw new PipelineException(List.of(file + ": no such file"));
    } catch (CharacterCodingException e) {
      throw new PipelineException(List.of(file + ": not UTF-8 text"));
    } catch (IOException e) {
      throw new PipelineException(List.of(unreadable(file, e)));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new PipelineException(List.of(file + ":" + line + ": not YAML: " + e.getProblem()));
    } catch (ReaderException e) {
      long line = 1 + text.codePoints().limit(e.getPosition()).filter(c -> c == '\n').count();
      throw new PipelineException(
          List.of(
              String.format(
                  "%s:%d: not YAML: the character U+%04X is not allowed",
                  file, line, e.getCodePoint())));
    } catch (YAMLException e) {
      throw new PipelineException(List.of(file + ": not YAML: " + e.getMessage()));
    }
  }

  static String unreadable(Path file, IOException problem) {
    return file
        + (problem instanceof AccessDeniedException
            ? ": may not be read by this user; change its mode"
            : ": cannot be read: " + problem.getMessage());
  }

  void at(int line, String what) {
    found.add(file + ":" + line + ": " + what);
  }

  List<String> found() {
    return List.copyOf(found);
  }
}
