package dev.lockkeeper.specification;

import dev.lockkeeper.formats.InvalidSpecificationException;
import dev.lockkeeper.formats.approval.ApprovalSpecification;
import dev.lockkeeper.formats.deployment.DeploymentSpecification;
import dev.lockkeeper.formats.features.FeatureSetSpecification;
import dev.lockkeeper.formats.features.FeatureSpecification;
import dev.lockkeeper.formats.features.LabelSpecification;
import dev.lockkeeper.formats.features.SplitSpecification;
import dev.lockkeeper.formats.features.TimeSplit;
import dev.lockkeeper.formats.ingestion.SourceFormat;
import dev.lockkeeper.formats.ingestion.SourceSpecification;
import dev.lockkeeper.formats.monitoring.MonitoringSpecification;
import dev.lockkeeper.formats.pipeline.PipelineSpecification;
import dev.lockkeeper.formats.run.ShortName;
import dev.lockkeeper.formats.training.TrainingSpecification;
import dev.lockkeeper.formats.validation.ValidationSpecification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a pipeline file and the data contract that it names. */
public final class PipelineFile {

  private static final String[] KEYS = {
    "name",
    "endpoint",
    "description",
    "source",
    "contract",
    "features",
    "split",
    "training",
    "validation",
    "approval",
    "deployment",
    "monitoring"
  };

  private PipelineFile() {}

  /**
   * Reads a pipeline.
   *
   * @param yaml the file; paths in it are relative to its folder
   * @param data replaces the source file that it names; null keeps that
   * @throws PipelineException with every problem
   */
  public static ReadPipeline read(Path yaml, @Nullable Path data) {
    Problems own = new Problems(yaml);
    Section top = own.read().only(KEYS);
    List<String> others = new ArrayList<>();
    ReadContract contract = contract(top, yaml, others);
    Columns columns = new Columns(contract.columns());
    String name = name(top, "name");
    String endpoint = top.has("endpoint") ? name(top, "endpoint") : name;
    String description = Objects.requireNonNull(top.text("description", ""));
    SourceSpecification source = source(top, yaml, data);
    FeatureSetSpecification features = features(top.required("features"));
    SplitSpecification split = split(top.section("split"), columns);
    TrainingSpecification training = training(top.required("training"));
    ValidationSpecification validation =
        Gates.read(top.section("validation"), columns, contract.marked());
    ApprovalSpecification approval = approval(top.section("approval"));
    DeploymentSpecification deployment = Rollout.read(top.section("deployment"));
    MonitoringSpecification monitoring = monitoring(top.section("monitoring"));
    others.addAll(0, own.found());
    if (!others.isEmpty()) {
      throw new PipelineException(others);
    }
    try {
      PipelineSpecification specification =
          new PipelineSpecification(
              name,
              endpoint,
              description,
              source,
              contract.contract().orElseThrow(),
              features,
              split,
              training,
              validation,
              approval,
              deployment,
              monitoring);
      return new ReadPipeline(specification, yaml, places(yaml, top, contract));
    } catch (InvalidSpecificationException e) {
      throw new PipelineException(List.of(yaml + ": " + e.getMessage()));
    }
  }

  private static Map<String, Place> places(Path yaml, Section top, ReadContract contract) {
    Map<String, Place> places = PipelineLines.of(yaml, top);
    places.putAll(contract.places());
    return places;
  }

  /** A model's or an endpoint's name: both are in ids, paths and addresses. */
  private static String name(Section top, String key) {
    String name = top.text(key);
    if (top.has(key) && !ShortName.fits(name)) {
      top.problem(key, "expected " + ShortName.FORM + ", got '" + name + "'");
    }
    return name;
  }

  private static SourceSpecification source(Section top, Path yaml, @Nullable Path data) {
    Section source = top.section("source").only("path", "format", "delimiter", "missing");
    Path file = data;
    if (file == null) {
      String path = source.text("path", null);
      if (path == null) {
        top.problem("source", "path: is missing; name the data file there or with --data");
      }
      file = folder(yaml).resolve(path == null ? "" : path);
    }
    Path absolute = file.toAbsolutePath().normalize();
    String delimiter = Objects.requireNonNull(source.text("delimiter", ","));
    if (!SourceSpecification.isDelimiter(delimiter)) {
      source.problem(
          "delimiter",
          "expected one character, got '" + delimiter + "'; a tab is \"\\t\" in double quotes");
      delimiter = ",";
    }
    return new SourceSpecification(
        absolute.toString(),
        source.choice("format", SourceFormat.class, format(absolute)),
        delimiter,
        source.has("missing") ? source.texts("missing") : null);
  }

  /** The format of a file by the ending of its name. */
  public static SourceFormat format(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".parquet")) {
      return SourceFormat.PARQUET;
    }
    return name.endsWith(".jsonl") || name.endsWith(".ndjson") || name.endsWith(".json")
        ? SourceFormat.JSON_LINES
        : SourceFormat.CSV;
  }

  private static ReadContract contract(Section top, Path yaml, List<String> problems) {
    String file = top.text("contract");
    if (file.isEmpty()) {
      if (top.has("contract")) {
        top.problem("contract", "expected the data contract's file");
      }
      return ReadContract.NONE;
    }
    Path contract = folder(yaml).resolve(file).normalize();
    if (!Files.isRegularFile(contract)) {
      top.problem("contract", "there is no file " + contract);
      return ReadContract.NONE;
    }
    try {
      return OpenDataContract.read(contract, problems);
    } catch (PipelineException e) {
      problems.addAll(e.problems());
      return ReadContract.NONE;
    }
  }

  private static FeatureSetSpecification features(Section features) {
    features.only("version", "filter", "columns", "label");
    List<FeatureSpecification> columns = new ArrayList<>();
    for (Section feature : features.sections("columns")) {
      feature.only("name", "expression");
      columns.add(new FeatureSpecification(feature.text("name"), feature.text("expression")));
    }
    if (columns.isEmpty()) {
      features.problem("columns", "expected at least one feature with name and expression");
    }
    Section label = features.required("label").only("name", "expression");
    return new FeatureSetSpecification(
        features.text("version"),
        features.text("filter", null),
        columns,
        new LabelSpecification(label.text("name"), label.text("expression")));
  }

  private static SplitSpecification split(Section split, Columns columns) {
    split.only("holdout", "key", "seed", "time");
    columns.require(split, "key");
    return new SplitSpecification(
        split.number("holdout", 0.2, SplitSpecification.HOLDOUT_SHARES),
        split.text("key", null),
        split.integer("seed", 1),
        split.has("time") ? time(split, columns) : null);
  }

  private static TimeSplit time(Section split, Columns columns) {
    Section time = split.section("time").only("column", "from");
    columns.requireTime(time, "column");
    if (time.has("from") && split.has("holdout")) {
      split.problem("holdout", "split.time.from says where the hold-out begins: leave one out");
    }
    return new TimeSplit(time.text("column"), time.has("from") ? time.time("from") : null);
  }

  private static TrainingSpecification training(Section training) {
    training.only("trainer", "seed", "parameters");
    return new TrainingSpecification(
        training.text("trainer"),
        training.integer("seed", 1),
        training.section("parameters").textsByKey());
  }

  private static ApprovalSpecification approval(Section approval) {
    approval.only("quorum", "remindAfter", "expireAfter");
    return new ApprovalSpecification(
        approval.integer("quorum", 1, ApprovalSpecification.QUORUMS),
        approval.duration("remindAfter", Duration.ofHours(12), ApprovalSpecification.PERIODS),
        approval.duration("expireAfter", Duration.ofHours(48), ApprovalSpecification.PERIODS));
  }

  private static MonitoringSpecification monitoring(Section monitoring) {
    monitoring.only("every", "minimumRows", "threshold");
    return new MonitoringSpecification(
        monitoring.duration("every", Duration.ofMinutes(5), MonitoringSpecification.PERIODS),
        monitoring.integer("minimumRows", 1_000, MonitoringSpecification.MINIMUM_ROWS),
        monitoring.number("threshold", 0.25, MonitoringSpecification.THRESHOLDS));
  }

  private static Path folder(Path yaml) {
    return Objects.requireNonNull(yaml.toAbsolutePath().getParent());
  }
}
