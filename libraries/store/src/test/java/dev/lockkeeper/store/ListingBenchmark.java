package dev.lockkeeper.store;

import dev.lockkeeper.formats.artifact.Zone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * How long it takes to list the inference log of an endpoint. Run it by hand: {@code java -cp ...
 * dev.lockkeeper.store.ListingBenchmark [SEGMENTS]}.
 */
final class ListingBenchmark {

  private static final int ROUNDS = 15;
  private static final int AN_HOUR = 3_600;

  private ListingBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    int segments = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
    Path root = Files.createTempDirectory("lockkeeper-listing");
    Path log = root.resolve("inference-log/named");
    Path folder = Files.createDirectories(log.resolve("tips"));
    for (int i = 0; i < segments; i++) {
      Files.createFile(folder.resolve(name(i)));
    }
    for (int i = 0; i < segments; i++) {
      Path hour = log.resolve("hourly").resolve(hour(i));
      if (i % AN_HOUR == 0) {
        Files.createDirectories(hour);
      }
      Files.createFile(hour.resolve(name(i)));
    }
    ArtifactStore store = ArtifactStores.open(root.toUri(), ZoneAccess.reading(Zone.INFERENCE_LOG));
    store.createZone(Zone.INFERENCE_LOG);
    String end = "tips/" + name(segments - 11);
    measure("walk everything, keep what is after the cursor", () -> walked(log, end));
    measure(
        "a page of 100 after a cursor near the end",
        () -> store.listNamed(Zone.INFERENCE_LOG, "tips/", end, 100).names().size());
    String hourlyEnd = "hourly/" + hour(segments - 11) + "/" + name(segments - 11);
    measure(
        "the same with a folder an hour, as the gateway writes it",
        () -> store.listNamed(Zone.INFERENCE_LOG, "hourly/", hourlyEnd, 100).names().size());
    measure(
        "a page of 100 from the beginning",
        () -> store.listNamed(Zone.INFERENCE_LOG, "tips/", "", 100).names().size());
    measure("every name as a stream", () -> (int) store.names(Zone.INFERENCE_LOG, "tips/").count());
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** One segment a second. */
  private static String hour(int segment) {
    int hours = segment / AN_HOUR;
    return String.format("day-%04d/%02d", hours / 24, hours % 24);
  }

  private static String name(int segment) {
    return String.format("%015d-%s-%d.jsonl", 1_700_000_000_000L + segment, "0a1b2c3d", segment);
  }

  /** The whole log as a list, of which the reader keeps the end. */
  private static int walked(Path log, String cursor) {
    try (Stream<Path> files = Files.walk(log.resolve("tips"))) {
      return (int)
          files
              .filter(Files::isRegularFile)
              .map(file -> log.relativize(file).toString().replace('\\', '/'))
              .sorted()
              .toList()
              .stream()
              .filter(name -> name.compareTo(cursor) > 0)
              .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void measure(String what, IntSupplier work) {
    long[] micros = new long[ROUNDS];
    int found = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long began = System.nanoTime();
      found = work.getAsInt();
      micros[round] = (System.nanoTime() - began) / 1_000;
    }
    Arrays.sort(micros);
    System.out.printf(
        "%s: %d names, median %.1f ms of %d rounds%n",
        what, found, micros[ROUNDS / 2] / 1e3, ROUNDS);
  }
}
