package dev.lockkeeper.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockkeeper.formats.ingestion.ColumnType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowBufferTest {

  private final RowBuffer row =
      new RowBuffer(
          List.of(
              new InputColumn("fare", ColumnType.NUMBER),
              new InputColumn("trip_seconds", ColumnType.INTEGER),
              new InputColumn("payment-type", ColumnType.STRING),
              new InputColumn("shared", ColumnType.BOOLEAN),
              new InputColumn("pickup", ColumnType.TIMESTAMP)));

  @Test
  void number_isKeptInTheColumnsOwnPrecision() {
    row.set(1, 5.0);
    row.set(4, 1549554486.1234567);

    assertEquals(5.0, row.number(1));
    assertEquals(1549554486.123457, row.number(4));
  }

  @Test
  void minusZero_isKeptByNumbersAlone() {
    for (int column : new int[] {0, 1, 3, 4}) {
      row.set(column, -0.0);
      assertEquals(column == 0 ? -0.0 : 0.0, row.number(column), "column " + column);
    }
  }

  @Test
  void milliseconds_areNotATime() {
    assertEquals(
        "column 'pickup': 1.549554486E12 is not a timestamp: expected a time in UTC such as"
            + " 2019-02-07 15:48:06",
        refused(() -> row.set(4, 1_549_554_486_000.0)));
    assertEquals(
        "column 'pickup': '1549554486000' is not a timestamp: expected a time in UTC such as"
            + " 2019-02-07 15:48:06",
        refused(() -> row.set(4, "1549554486000")));
  }

  @ParameterizedTest
  @CsvSource({
    "0, Infinity, column 'fare': Infinity is not a number",
    "1, 5.5, column 'trip_seconds': 5.5 is not an integer",
    "2, 1, column 'payment-type': 1.0 is not a string",
    "3, 2, column 'shared': 2.0 is not a boolean"
  })
  void numberOfAnotherType_isRefused(int column, double value, String message) {
    assertEquals(message, refused(() -> row.set(column, value)));
  }

  @Test
  void textOfAnotherType_isRefused() {
    assertEquals(
        "column 'trip_seconds': '2.0' is not an integer", refused(() -> row.set(1, "2.0")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1d", "0x1p3", "NaN", "Infinity", " 1 "})
  void looseNumber_isRefused(String text) {
    assertEquals("column 'fare': '" + text + "' is not a number", refused(() -> row.set(0, text)));
  }

  @Test
  void timeInAnotherFormat_isRefusedWithTheFormThatIsRead() {
    assertEquals(
        "column 'pickup': '22.1.2003' is not a timestamp: expected a time in UTC such as"
            + " 2019-02-07 15:48:06",
        refused(() -> row.set(4, "22.1.2003")));
  }

  private static String refused(Runnable call) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
