package dev.lockkeeper.activities.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.deployment.ArmRole;
import dev.lockkeeper.formats.monitoring.InferenceRecord;
import dev.lockkeeper.formats.monitoring.InferenceRecordFormat;
import dev.lockkeeper.formats.monitoring.LogSegment;
import dev.lockkeeper.store.ArtifactStore;
import dev.lockkeeper.store.ArtifactStores;
import dev.lockkeeper.store.ZoneAccess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What several gateways log is read once, whatever their clocks say. */
class InferenceLogReaderTest {

  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path folder;
  private ArtifactStore store;
  private String cursor = "";
  private final Map<String, Integer> numbers = new HashMap<>();

  @BeforeEach
  void makeZone() {
    store = ArtifactStores.open(folder.toUri(), ZoneAccess.to(Zone.INFERENCE_LOG));
    store.createZone(Zone.INFERENCE_LOG);
  }

  @Test
  void gatewayAnHourBehind_losesNoRowAndNoneCountsTwice() {
    List<String> read = new ArrayList<>();
    List<String> written = new ArrayList<>();
    for (int second = 0; second < 10; second++) {
      Instant now = NOON.plusSeconds(second);
      written.add(write("right", now));
      written.add(write("behind", now.minus(HOUR)));
      read.addAll(look());
      written.add(write("behind", now.minus(HOUR).plusMillis(500)));
    }
    read.addAll(look());

    assertEquals(written.stream().sorted().toList(), read.stream().sorted().toList());
    assertEquals(List.of(), look());
  }

  @Test
  void segmentThatIsWrittenAfterALaterOneWasRead_isRead() {
    write("a", NOON);
    look();
    write("b", NOON.plusMillis(20));
    assertEquals(1, look().size());

    String late = write("a", NOON.plusMillis(10));

    assertEquals(List.of(late), look());
  }

  @Test
  void gatewayThatStartsAnHourBehind_isReadFromItsFirstSegment() {
    write("right", NOON);
    look();

    String first = write("new", NOON.minus(HOUR));

    assertEquals(List.of(first), look());
    assertEquals(List.of(), look());
  }

  @Test
  void gatewaysThatAreGone_leaveTheCursor() {
    for (int restart = 0; restart < 5; restart++) {
      write("gateway" + restart, NOON.plusSeconds(restart));
    }
    look();
    assertEquals(5, cursor.split(" ").length, cursor);

    String later = write("gateway5", NOON.plus(LogCursor.SKEW).plusSeconds(60));

    assertEquals(List.of(later), look());
    assertEquals(List.of(), look());
    assertTrue(cursor.endsWith("-gateway5-0.jsonl"), cursor);
  }

  @Test
  void cursorOfOneGateway_isTheNameOfItsLastSegment() {
    write("g", NOON);
    look();

    assertEquals("tips/2026-11-28/12/001795867200000-g-0.jsonl", cursor);
  }

  /** Ids of the rows that one look finds; the next goes on after it. */
  private List<String> look() {
    List<String> rows = new ArrayList<>();
    InferenceLogReader.Extent extent =
        new InferenceLogReader(store, "tips")
            .readAfter(cursor, row -> rows.add(row.requestId()), () -> {});
    assertEquals(rows.size(), extent.segments());
    cursor = extent.cursor();
    return rows;
  }

  /** One segment with one row; returns the row's id. */
  private String write(String gateway, Instant clock) {
    int number = numbers.merge(gateway, 1, Integer::sum) - 1;
    String id = gateway + "-" + number;
    InferenceRecord row =
        new InferenceRecord(
            id,
            clock,
            "tips",
            "1",
            "0".repeat(64),
            1,
            ArmRole.STABLE,
            false,
            Map.of(),
            Map.of(),
            List.of(0.5f),
            0.5,
            Map.of());
    store.putNamed(
        Zone.INFERENCE_LOG,
        LogSegment.name("tips", clock.toEpochMilli(), gateway, number),
        InferenceRecordFormat.INSTANCE.write(row));
    return id;
  }
}
