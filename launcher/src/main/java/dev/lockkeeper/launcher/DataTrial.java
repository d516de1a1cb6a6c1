package dev.lockkeeper.launcher;

import dev.lockkeeper.activities.ingestion.SourceProfile;
import dev.lockkeeper.engine.DataEngines;
import dev.lockkeeper.features.FeatureCompiler;
import dev.lockkeeper.features.FeatureProgram;
import dev.lockkeeper.features.InputColumn;
import dev.lockkeeper.features.RowBuffer;
import dev.lockkeeper.formats.ingestion.ContractBreach;
import dev.lockkeeper.formats.pipeline.PipelineSpecification;
import dev.lockkeeper.stage.StageException;
import dev.lockkeeper.starter.SpecificationCheck.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A pipeline tried on a sample of its data, without a run. */
final class DataTrial {

  private static final int SAMPLE = 5_000;

  /** Fewer positives than this leave no interval that a gate could be decided by. */
  private static final int FEW = 30;

  private final PipelineSpecification specification;
  private final FeatureProgram program;
  private final List<String> warnings = new ArrayList<>();

  private DataTrial(PipelineSpecification specification) {
    this.specification = specification;
    this.program =
        FeatureCompiler.compile(specification.features(), specification.contract().columns());
  }

  static Trial of(PipelineSpecification specification) {
    return new DataTrial(specification).run();
  }

  private Trial run() {
    try {
      Path folder = Files.createTempDirectory("lockkeeper-validate");
      try (SourceProfile data =
          SourceProfile.read(
              DataEngines.of(System.getenv()),
              specification.source(),
              specification.contract(),
              folder)) {
        List<String> problems =
            data.breaches(specification.contract()).stream().map(ContractBreach::message).toList();
        if (problems.isEmpty()) {
          labelColumns();
          features(data);
        }
        return new Trial(problems, warnings);
      } finally {
        TemporaryFolder.remove(folder);
      }
    } catch (StageException e) {
      return new Trial(List.of(String.valueOf(e.getMessage())), List.of());
    } catch (SQLException e) {
      return new Trial(List.of("the data cannot be read: " + e.getMessage()), List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the label is made of is not known yet when a prediction is asked for. */
  private void labelColumns() {
    String label =
        specification.features().label().expression().replaceAll("'[^']*'|\"[^\"]*\"", "");
    for (InputColumn column : program.inputColumns()) {
      if (label.matches("(?s).*\\b" + column.identifier() + "\\b.*")) {
        warnings.add(
            "a feature reads column '"
                + column.name()
                + "', which the label is made of: it may tell the outcome");
      }
    }
  }

  private void features(SourceProfile data) {
    List<String> columns = program.columns().stream().map(InputColumn::name).toList();
    List<String[]> rows = data.sample(columns, SAMPLE);
    int width = program.featureNames().size();
    float[] first = new float[width];
    boolean[] known = new boolean[width];
    boolean[] varies = new boolean[width];
    float[] out = new float[width];
    RowBuffer row = program.newRow();
    int kept = 0;
    int positives = 0;
    for (String[] values : rows) {
      row.clear();
      for (int i = 0; i < values.length; i++) {
        row.set(i, values[i].isEmpty() ? null : values[i]);
      }
      if (!program.keep(row) || program.missingForLabel(row) != null) {
        continue;
      }
      kept++;
      positives += program.label(row) ? 1 : 0;
      program.compute(row, out);
      for (int i = 0; i < width; i++) {
        if (!Float.isNaN(out[i])) {
          varies[i] |= known[i] && first[i] != out[i];
          first[i] = out[i];
          known[i] = true;
        }
      }
    }
    tell(rows.size(), kept, positives);
    for (int i = 0; i < width && kept > 0; i++) {
      if (!known[i] || !varies[i]) {
        warnings.add(
            "feature '"
                + program.featureNames().get(i)
                + "' is "
                + (known[i] ? "the same" : "missing")
                + " in all "
                + kept
                + " rows tried");
      }
    }
  }

  private void tell(int tried, int kept, int positives) {
    if (kept < tried) {
      warnings.add(
          (tried - kept)
              + " of "
              + tried
              + " rows tried are left out, by features.filter or since the label misses a value");
    }
    int fewer = Math.min(positives, kept - positives);
    if (fewer < FEW) {
      warnings.add(
          "the label is true in "
              + positives
              + " of "
              + kept
              + " rows tried: fewer than "
              + FEW
              + " rows of one outcome leave little to learn from and to decide by");
    }
  }
}
