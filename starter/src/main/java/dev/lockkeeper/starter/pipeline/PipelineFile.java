package dev.lockkeeper.starter.pipeline;

import dev.lockkeeper.contracts.approval.ApprovalSpecification;
import dev.lockkeeper.contracts.deployment.CanaryStep;
import dev.lockkeeper.contracts.deployment.DeploymentSpecification;
import dev.lockkeeper.contracts.features.FeatureSetSpecification;
import dev.lockkeeper.contracts.features.FeatureSpecification;
import dev.lockkeeper.contracts.features.LabelSpecification;
import dev.lockkeeper.contracts.features.SplitSpecification;
import dev.lockkeeper.contracts.ingestion.DataContract;
import dev.lockkeeper.contracts.ingestion.SourceFormat;
import dev.lockkeeper.contracts.ingestion.SourceSpecification;
import dev.lockkeeper.contracts.monitoring.MonitoringSpecification;
import dev.lockkeeper.contracts.pipeline.PipelineSpecification;
import dev.lockkeeper.contracts.run.RunId;
import dev.lockkeeper.contracts.training.TrainingSpecification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a pipeline file and the data contract that it names. */
public final class PipelineFile {

  private static final Duration LONGEST_REVIEW = Duration.ofHours(72);

  private PipelineFile() {}

  /**
   * Reads a pipeline.
   *
   * @param yaml the file; paths in it are relative to its folder
   * @param data replaces the source file that it names; null keeps that
   * @throws PipelineException with every problem
   */
  public static PipelineSpecification read(Path yaml, @Nullable Path data) {
    Problems own = new Problems(yaml);
    Section top =
        own.read()
            .only(
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
                "monitoring");
    List<String> others = new ArrayList<>();
    PipelineSpecification specification =
        new PipelineSpecification(
            name(top),
            Objects.requireNonNull(top.text("endpoint", top.text("name", ""))),
            Objects.requireNonNull(top.text("description", "")),
            source(top, yaml, data),
            contract(top, yaml, others),
            features(top.required("features")),
            split(top.section("split")),
            training(top.required("training")),
            Gates.read(top.section("validation")),
            approval(top.section("approval")),
            deployment(top.section("deployment")),
            monitoring(top.section("monitoring")));
    others.addAll(0, own.found());
    if (!others.isEmpty()) {
      throw new PipelineException(others);
    }
    return specification;
  }

  private static String name(Section top) {
    String name = top.text("name");
    try {
      return name.isEmpty() ? name : new RunId(name, "1").model();
    } catch (IllegalArgumentException e) {
      top.problem("name", String.valueOf(e.getMessage()));
      return name;
    }
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
    if (delimiter.length() != 1) {
      source.problem("delimiter", "expected one character, got '" + delimiter + "'");
    }
    return new SourceSpecification(
        absolute.toString(),
        source.choice("format", SourceFormat.class, format(absolute)),
        delimiter,
        source.has("missing") ? source.texts("missing") : null);
  }

  private static SourceFormat format(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".parquet")) {
      return SourceFormat.PARQUET;
    }
    return name.endsWith(".jsonl") ? SourceFormat.JSON_LINES : SourceFormat.CSV;
  }

  private static DataContract contract(Section top, Path yaml, List<String> problems) {
    String file = top.text("contract");
    if (file.isEmpty()) {
      return new DataContract("", "", "", "", List.of(), List.of());
    }
    try {
      return OpenDataContract.read(folder(yaml).resolve(file), problems);
    } catch (PipelineException e) {
      problems.addAll(e.problems());
      return new DataContract("", "", "", "", List.of(), List.of());
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

  private static SplitSpecification split(Section split) {
    split.only("holdout", "key", "seed");
    double share = split.number("holdout", 0.2);
    if (share <= 0 || share >= 1) {
      split.problem("holdout", "expected a share above 0 and below 1, got " + share);
    }
    return new SplitSpecification(share, split.text("key", null), split.integer("seed", 1));
  }

  private static TrainingSpecification training(Section training) {
    training.only("trainer", "seed", "parameters");
    return new TrainingSpecification(
        training.text("trainer"), training.integer("seed", 1), training.textsByKey("parameters"));
  }

  private static ApprovalSpecification approval(Section approval) {
    approval.only("quorum", "remindAfter", "expireAfter");
    long quorum = approval.integer("quorum", 1);
    if (quorum < 1 || quorum > 20) {
      approval.problem("quorum", "expected 1 to 20, got " + quorum);
    }
    Duration expire = approval.duration("expireAfter", Duration.ofHours(48));
    if (expire.compareTo(LONGEST_REVIEW) > 0) {
      approval.problem("expireAfter", "expected at most 72h");
    }
    return new ApprovalSpecification(
        (int) quorum, approval.duration("remindAfter", Duration.ofHours(12)), expire);
  }

  private static DeploymentSpecification deployment(Section deployment) {
    deployment.only("steps", "lookEvery", "alpha", "maximum");
    List<CanaryStep> steps = new ArrayList<>();
    int before = 0;
    for (Section step : deployment.sections("steps")) {
      step.only("percent", "minimumRequests", "bake");
      long percent = step.integer("percent", 0);
      if (percent <= before || percent > 100) {
        step.problem("percent", "expected more than " + before + " and at most 100");
      }
      before = (int) percent;
      steps.add(
          new CanaryStep(
              (int) percent,
              step.integer("minimumRequests", 100),
              step.duration("bake", Duration.ofMinutes(5))));
    }
    if (steps.isEmpty()) {
      steps.add(new CanaryStep(10, 500, Duration.ofMinutes(5)));
      steps.add(new CanaryStep(50, 2_000, Duration.ofMinutes(10)));
    }
    double alpha = deployment.number("alpha", 0.05);
    if (alpha <= 0 || alpha >= 0.5) {
      deployment.problem("alpha", "expected above 0 and below 0.5, got " + alpha);
    }
    return new DeploymentSpecification(
        steps,
        deployment.duration("lookEvery", Duration.ofSeconds(10)),
        alpha,
        deployment.duration("maximum", Duration.ofHours(2)));
  }

  private static MonitoringSpecification monitoring(Section monitoring) {
    monitoring.only("every", "minimumRows", "threshold");
    return new MonitoringSpecification(
        monitoring.duration("every", Duration.ofMinutes(5)),
        monitoring.integer("minimumRows", 1_000),
        monitoring.number("threshold", 0.25));
  }

  private static Path folder(Path yaml) {
    return Objects.requireNonNull(yaml.toAbsolutePath().getParent());
  }
}
