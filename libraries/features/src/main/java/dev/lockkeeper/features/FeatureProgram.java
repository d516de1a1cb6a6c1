package dev.lockkeeper.features;

import dev.lockkeeper.formats.Digests;
import dev.lockkeeper.formats.FormatException;
import dev.lockkeeper.formats.features.FeatureSetSpecification;
import dev.lockkeeper.formats.features.FeatureSpecification;
import dev.lockkeeper.formats.features.ProgramDocument;
import dev.lockkeeper.formats.features.ProgramDocumentFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A compiled feature set. Its document's bytes are its identity: the same bytes give the same
 * digest and the same features, in training and in serving. Safe for many threads, each with a row
 * of its own.
 */
public final class FeatureProgram {

  /** The version of the language; another one may compute other bits. */
  static final String LANGUAGE = "lockkeeper-features/1";

  private final FeatureSetSpecification specification;
  private final List<InputColumn> columns;
  private final int inputs;
  private final int[] labelColumns;
  private final CompiledRow row;
  private final byte[] json;

  FeatureProgram(
      FeatureSetSpecification specification,
      List<InputColumn> columns,
      int inputs,
      int[] labelColumns,
      CompiledRow row) {
    this(specification, columns, inputs, labelColumns, row, write(specification, columns));
  }

  private FeatureProgram(
      FeatureSetSpecification specification,
      List<InputColumn> columns,
      int inputs,
      int[] labelColumns,
      CompiledRow row,
      byte[] json) {
    this.specification = specification;
    this.columns = columns;
    this.inputs = inputs;
    this.labelColumns = labelColumns;
    this.row = row;
    this.json = json;
  }

  /**
   * Loads a program from its document by compiling it again.
   *
   * @throws ExpressionException if it is not a program of this language
   */
  public static FeatureProgram load(byte[] json) {
    ProgramDocument document = document(json);
    if (!LANGUAGE.equals(document.language())) {
      throw new ExpressionException(
          "the feature program is written in '" + document.language() + "', this is " + LANGUAGE);
    }
    List<InputColumn> columns =
        document.columns().stream().map(c -> new InputColumn(c.name(), c.type())).toList();
    return FeatureCompiler.compileInputs(document.features(), columns).as(columns, json);
  }

  private static ProgramDocument document(byte[] json) {
    try {
      return ProgramDocumentFormat.INSTANCE.read(json);
    } catch (FormatException e) {
      throw new ExpressionException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The same program under the bytes that it was read from. */
  private FeatureProgram as(List<InputColumn> stored, byte[] bytes) {
    if (!columns.equals(stored)) {
      throw new ExpressionException(
          "the feature program lists columns "
              + names(stored)
              + ", its expressions read "
              + names(columns)
              + " in this order");
    }
    return new FeatureProgram(specification, columns, inputs, labelColumns, row, bytes.clone());
  }

  private static List<String> names(List<InputColumn> columns) {
    return columns.stream().map(InputColumn::name).toList();
  }

  private static byte[] write(FeatureSetSpecification specification, List<InputColumn> columns) {
    List<ProgramDocument.Column> stored =
        columns.stream().map(c -> new ProgramDocument.Column(c.name(), c.type())).toList();
    return ProgramDocumentFormat.INSTANCE.write(
        new ProgramDocument(LANGUAGE, specification, stored));
  }

  /** The program's document, as it was read or as it is to be stored. */
  public byte[] json() {
    return json.clone();
  }

  /** Hexadecimal SHA-256 of {@link #json()}. */
  public String digest() {
    return Digests.sha256(json);
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
