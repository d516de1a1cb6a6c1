package dev.lockkeeper.features;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockkeeper.formats.features.FeatureSetSpecification;
import dev.lockkeeper.formats.features.FeatureSpecification;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A compiled feature set. Its JSON form is its identity: the same JSON gives the same digest and
 * the same bits, in training and in serving. Safe for many threads, each with a row of its own.
 */
public final class FeatureProgram {

  /** The version of the language; another one may compute other bits. */
  static final String LANGUAGE = "lockkeeper-features/1";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private record Form(
      String language, FeatureSetSpecification features, List<InputColumn> columns) {}

  private final FeatureSetSpecification specification;
  private final List<InputColumn> columns;
  private final int inputs;
  private final int[] labelColumns;
  private final CompiledRow row;

  FeatureProgram(
      FeatureSetSpecification specification,
      List<InputColumn> columns,
      int inputs,
      int[] labelColumns,
      CompiledRow row) {
    this.specification = specification;
    this.columns = columns;
    this.inputs = inputs;
    this.labelColumns = labelColumns;
    this.row = row;
  }

  /**
   * Loads a program from its JSON form by compiling it again.
   *
   * @throws ExpressionException if it is no program of this language
   */
  public static FeatureProgram load(byte[] json) {
    try {
      Form form = MAPPER.readValue(json, Form.class);
      if (!LANGUAGE.equals(form.language())) {
        throw new ExpressionException(
            "the feature program is written in '" + form.language() + "', this is " + LANGUAGE);
      }
      if (form.features() == null || form.columns() == null) {
        throw new ExpressionException("not a feature program: it has no features or no columns");
      }
      FeatureProgram program = FeatureCompiler.compileInputs(form.features(), form.columns());
      if (!Arrays.equals(program.json(), json)) {
        throw new ExpressionException("the feature program is not in its one canonical form");
      }
      return program;
    } catch (IOException e) {
      throw new ExpressionException("not a feature program: " + e.getMessage(), e);
    }
  }

  /** The program's JSON form. */
  public byte[] json() {
    try {
      return MAPPER.writeValueAsBytes(new Form(LANGUAGE, specification, columns));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a feature program is always JSON", e);
    }
  }

  /** Hexadecimal SHA-256 of {@link #json()}. */
  public String digest() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The feature set's version. */
  public String version() {
    return specification.version();
  }

  /**
   * All columns that the program reads, those of the features first. A row's indices follow this
   * list.
   */
  public List<InputColumn> columns() {
    return columns;
  }

  /**
   * The columns that the features read: what serving needs. They are the first of {@link
   * #columns()}.
   */
  public List<InputColumn> inputColumns() {
    return columns.subList(0, inputs);
  }

  /** Feature names in model order. */
  public List<String> featureNames() {
    return specification.features().stream().map(FeatureSpecification::name).toList();
  }

  /** The label's name. */
  public String labelName() {
    return specification.label().name();
  }

  /** An empty row for this program. */
  public RowBuffer newRow() {
    return new RowBuffer(columns);
  }

  /** Whether the row filter keeps the row. */
  public boolean keep(RowBuffer values) {
    return row.keep(values);
  }

  /** The row's label. */
  public boolean label(RowBuffer values) {
    return row.label(values);
  }

  /**
   * The first column that the label takes for present and that is missing in the row; null if the
   * row's label is known. A column inside {@code missing} or {@code coalesce} is not taken for
   * present.
   */
  public @Nullable InputColumn missingForLabel(RowBuffer values) {
    for (int index : labelColumns) {
      if (values.isMissing(index)) {
        return columns.get(index);
      }
    }
    return null;
  }

  /** Writes the features in model order; {@code out} has room for all of them. */
  public void compute(RowBuffer values, float[] out) {
    row.compute(values, out);
  }
}
