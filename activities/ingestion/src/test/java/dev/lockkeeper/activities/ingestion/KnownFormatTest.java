package dev.lockkeeper.activities.ingestion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.stage.StageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownFormatTest {

  @TempDir Path folder;

  @Test
  void filesOfAnotherKind_areNamedWithTheWayOut() throws IOException {
    assertKind("fffe6900", "is UTF-16 text, not text in UTF-8: save it as UTF-8");
    assertKind("feff0069", "is UTF-16 text");
    assertKind("1f8b0800", "is compressed (gzip), not text in UTF-8: unpack it");
    assertKind("425a6839", "is compressed (bzip2)");
    assertKind("fd377a585a0000", "is compressed (xz)");
    assertKind("28b52ffd00", "is compressed (Zstandard)");
    assertKind("504b030414", "is a ZIP archive or an Excel workbook");
    assertKind("d0cf11e0a1", "is an old Excel workbook");
    assertKind("5041523115", "is a Parquet file, not text in UTF-8: set source.format to parquet");
  }

  private void assertKind(String bytes, String message) throws IOException {
    Path file = Files.write(folder.resolve("source.csv"), HexFormat.of().parseHex(bytes));
    StageException refused =
        assertThrows(StageException.class, () -> KnownFormat.requireNone(file, "source.csv"));
    assertEquals(FailureType.SOURCE_UNREADABLE, refused.type());
    assertTrue(refused.getMessage().startsWith("source.csv " + message), refused.getMessage());
  }
}
