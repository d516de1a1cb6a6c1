package dev.lockkeeper.features;

import static dev.lockkeeper.features.TripColumns.COLUMNS;
import static dev.lockkeeper.features.TripColumns.column;
import static dev.lockkeeper.features.TripColumns.program;
import static dev.lockkeeper.features.TripColumns.set;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.formats.Digests;
import dev.lockkeeper.formats.features.FeatureSetSpecification;
import dev.lockkeeper.formats.features.FeatureSpecification;
import dev.lockkeeper.formats.features.LabelSpecification;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.ColumnType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FeatureCompilerTest {

  @Test
  void arithmetic_mixesIntegerAndDecimalLiterals() {
    assertEquals(25.0f, value("fare * 2 + 5", "fare", "10"));
  }

  @Test
  void missingNumber_isNaNAndFailsComparisons() {
    assertTrue(Float.isNaN(value("fare + 1", "tips", "1")));
    assertEquals(0f, value("fare > 0", "tips", "1"));
    assertEquals(1f, value("missing(fare)", "tips", "1"));
    assertEquals(7f, value("coalesce(fare, 7)", "tips", "1"));
  }

  @Test
  void texts_becomeNumbers() {
    assertEquals(1f, value("index_of(payment_type, ['Cash', 'Card'])", "payment-type", "Card"));
    assertTrue(
        Float.isNaN(value("index_of(payment_type, ['Cash', 'Card'])", "payment-type", "Other")));
    assertEquals(1f, value("payment_type in ['a\"b', 'c\\\\d', 'é']", "payment-type", "é"));
    assertEquals(
        1f,
        value(
            "payment_type.startsWith('Ca') && !payment_type.contains('x')",
            "payment-type",
            "Cash"));
  }

  @Test
  void timestamps_haveParts() {
    assertEquals(15f, value("hour(pickup)", "pickup", "2019-02-07 15:48:06"));
    assertEquals(4f, value("day_of_week(pickup)", "pickup", "2019-02-07 15:48:06"));
    assertEquals(2f, value("month(pickup)", "pickup", "2019-02-07T15:48:06Z"));
    assertEquals(7f, value("day_of_month(pickup)", "pickup", "1549554486"));
  }

  @Test
  void bucket_countsEdgesInAnyOrder() {
    assertEquals(2f, value("bucket(fare, [30, 1, 10])", "fare", "20"));
  }

  @Test
  void size_countsCharacters() {
    assertEquals(3f, value("payment_type.size()", "payment-type", "a\uD83D\uDE00b"));
  }

  @Test
  void functions_agreeWithTheirDefinition() {
    assertEquals(1f, value("bucket(fare, [10, 20])", "fare", "10"));
    assertEquals((float) StrictMath.log1p(9), value("log1p(fare)", "fare", "9"));
    assertEquals(0f, value("haversine_km(41.9, -87.6, 41.9, -87.6)", "fare", "1"));
    assertEquals(111.19f, value("haversine_km(0, 0, 1, 0)", "fare", "1"), 0.01f);
  }

  @Test
  void missingBoolean_isFalseAndSaysMissing() {
    assertEquals(0f, value("shared", "fare", "1"));
    assertEquals(1f, value("missing(shared)", "fare", "1"));
    assertEquals(1f, value("shared == true", "shared", "TRUE"));
  }

  @Test
  void labelOnlyColumns_areNoInputs() {
    FeatureProgram program = program("fare * 2");
    assertEquals(List.of("fare"), program.inputColumns().stream().map(InputColumn::name).toList());
    assertEquals(
        List.of("fare", "tips"), program.columns().stream().map(InputColumn::name).toList());
  }

  @Test
  void loadedProgram_hasTheSameDigestAndBits() {
    FeatureProgram program = program("log1p(fare) / trip_seconds + sin(fare) * (dropoff - pickup)");
    FeatureProgram loaded = FeatureProgram.load(program.json());
    assertEquals(program.digest(), loaded.digest());
    Random random = new Random(7);
    float[] expected = new float[1];
    float[] actual = new float[1];
    for (int i = 0; i < 5_000; i++) {
      RowBuffer row = program.newRow();
      RowBuffer other = loaded.newRow();
      for (int c = 0; c < program.columns().size(); c++) {
        double number = random.nextInt(10) == 0 ? Double.NaN : random.nextGaussian() * 100;
        row.setNumber(c, number);
        other.setNumber(c, number);
      }
      program.compute(row, expected);
      loaded.compute(other, actual);
      assertArrayEquals(expected, actual);
    }
  }

  @Test
  void quoteInString_staysInTheString() {
    assertEquals(
        1f,
        value(
            "payment_type == '\"; System.exit(1); //\\n\\\\u0022'",
            "payment-type",
            "\"; System.exit(1); //\n\\u0022"));
  }

  @Test
  void label_saysWhichMissingColumnItTakesForPresent() {
    FeatureProgram program = program("fare");
    RowBuffer row = program.newRow();
    assertEquals("fare", missingForLabel(program, row));
    row.setNumber(0, 1);
    assertEquals("tips", missingForLabel(program, row));
    row.setNumber(1, 1);
    assertNull(program.missingForLabel(row));
    FeatureProgram handled =
        FeatureCompiler.compile(
            new FeatureSetSpecification(
                "1",
                null,
                List.of(new FeatureSpecification("f", "fare")),
                new LabelSpecification("l", "coalesce(tips, 0) > 1 || missing(fare) || fare > 2")),
            COLUMNS);
    assertNull(handled.missingForLabel(handled.newRow()));
  }

  private static String missingForLabel(FeatureProgram program, RowBuffer row) {
    InputColumn missing = program.missingForLabel(row);
    return missing == null ? "" : missing.name();
  }

  @Test
  void columnNamedLikeAReservedWord_getsAnUnderscore() {
    List<ColumnContract> columns =
        List.of(column("in", ColumnType.NUMBER), column("class", ColumnType.NUMBER));
    FeatureProgram program =
        FeatureCompiler.compile(
            new FeatureSetSpecification(
                "1",
                null,
                List.of(new FeatureSpecification("f", "in_ * class")),
                new LabelSpecification("l", "in_ > 1")),
            columns);
    assertEquals(
        List.of("in", "class"), program.inputColumns().stream().map(InputColumn::name).toList());
  }

  @Test
  void manyLongLists_compile() {
    String edges =
        IntStream.range(0, 300)
            .mapToObj(String::valueOf)
            .collect(java.util.stream.Collectors.joining(","));
    List<FeatureSpecification> features = new ArrayList<>();
    IntStream.range(0, 100)
        .forEach(
            i -> features.add(new FeatureSpecification("f" + i, "bucket(fare, [" + edges + "])")));
    assertEquals(100, FeatureCompiler.compile(set(features), COLUMNS).featureNames().size());
  }

  @Test
  void timesBeyondTheCalendar_areMissing() {
    FeatureProgram program = program("month(pickup)");
    RowBuffer row = program.newRow();
    for (int i = 0; i < program.columns().size(); i++) {
      row.setNumber(i, 1e300);
    }
    float[] out = new float[1];
    program.compute(row, out);
    assertTrue(Float.isNaN(out[0]));
  }

  @Test
  void loadedProgram_keepsTheBytesThatItWasReadFrom() {
    byte[] spaced = edited(program("fare"), "{", "{ ");
    assertArrayEquals(spaced, FeatureProgram.load(spaced).json());
    assertEquals(Digests.sha256(spaced), FeatureProgram.load(spaced).digest());
  }

  @Test
  void unknownField_isNotLoaded() {
    byte[] more = edited(program("fare"), "{", "{\"window\":7,");
    ExpressionException refused =
        assertThrows(ExpressionException.class, () -> FeatureProgram.load(more));
    assertEquals(
        "feature program: field 'window' is not known here, and could change what it means",
        refused.getMessage());
  }

  @Test
  void columnThatNoExpressionReads_isNotLoaded() {
    byte[] more =
        edited(
            program("fare"), "\"columns\":[", "\"columns\":[{\"name\":\"x\",\"type\":\"NUMBER\"},");
    ExpressionException refused =
        assertThrows(ExpressionException.class, () -> FeatureProgram.load(more));
    assertTrue(
        refused.getMessage().startsWith("the feature program lists columns [x, fare, tips]"),
        refused.getMessage());
  }

  private static byte[] edited(FeatureProgram program, String from, String to) {
    String json = new String(program.json(), StandardCharsets.UTF_8);
    int at = json.indexOf(from);
    return (json.substring(0, at) + to + json.substring(at + from.length()))
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void moreNumbersThanOneClassCanHold_compile() {
    List<FeatureSpecification> features = new ArrayList<>();
    for (int i = 0; i < 170; i++) {
      int from = i * 1_000;
      features.add(
          new FeatureSpecification(
              "f" + i,
              IntStream.range(from, from + 200)
                  .mapToObj(edge -> "fare > " + edge + ".5")
                  .collect(java.util.stream.Collectors.joining(" || "))));
    }
    assertEquals(170, FeatureCompiler.compile(set(features), COLUMNS).featureNames().size());
  }

  @Test
  void wideFeatureSets_compile() {
    List<FeatureSpecification> features = new ArrayList<>();
    IntStream.range(0, 1_500)
        .forEach(i -> features.add(new FeatureSpecification("f" + i, "fare * " + i)));
    FeatureProgram program = FeatureCompiler.compile(set(features), COLUMNS);
    RowBuffer row = program.newRow();
    row.setNumber(0, 2);
    float[] out = new float[1_500];
    program.compute(row, out);
    assertEquals(2_998f, out[1_499]);
  }

  private static float value(String expression, String column, String text) {
    FeatureProgram program = program(expression);
    RowBuffer row = program.newRow();
    for (int i = 0; i < program.columns().size(); i++) {
      if (program.columns().get(i).name().equals(column)) {
        row.set(i, text);
      }
    }
    float[] out = new float[1];
    program.compute(row, out);
    return out[0];
  }
}
