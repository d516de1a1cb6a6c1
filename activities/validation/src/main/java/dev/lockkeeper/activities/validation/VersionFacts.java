package dev.lockkeeper.activities.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.attestation.VerifiedStatement;
import dev.lockkeeper.formats.features.AppliedSplit;
import dev.lockkeeper.formats.features.FeatureSetSpecification;
import dev.lockkeeper.formats.features.ProgramDocumentFormat;
import dev.lockkeeper.formats.registry.CodeVersion;
import dev.lockkeeper.formats.training.TrainingRecord;
import dev.lockkeeper.formats.validation.VersionChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What signed records say of how a version was made, as people read it. Facts stand in groups, and
 * only a group that is known of both versions is compared.
 */
final class VersionFacts {

  private static final int SHORT = 12;

  private final Map<String, Map<String, String>> groups = new LinkedHashMap<>();

  /** In what a candidate differs, in the order of its facts. */
  List<VersionChange> changesSince(VersionFacts stable) {
    List<VersionChange> changes = new ArrayList<>();
    groups.forEach(
        (group, facts) -> {
          Map<String, String> before = stable.groups.get(group);
          if (before != null) {
            compare(before, facts, changes);
          }
        });
    return changes;
  }

  private static void compare(
      Map<String, String> before, Map<String, String> now, List<VersionChange> changes) {
    now.forEach(
        (subject, value) -> {
          if (!Objects.equals(before.get(subject), value)) {
            changes.add(new VersionChange(subject, before.get(subject), value));
          }
        });
    before.forEach(
        (subject, value) -> {
          if (!now.containsKey(subject)) {
            changes.add(new VersionChange(subject, value, null));
          }
        });
  }

  VersionFacts rows(Map<String, Long> rows) {
    Map<String, String> facts = group("rows");
    new TreeMap<>(rows)
        .forEach((what, count) -> facts.put(what + " rows", Markup.format("%,d", count)));
    return this;
  }

  /** The times that the data are of, by what the features statement says. */
  VersionFacts periods(VerifiedStatement features) {
    JsonNode periods = parameters(features).path("periods");
    if (periods.isObject()) {
      Map<String, String> facts = group("periods");
      periods
          .properties()
          .forEach(
              column ->
                  facts.put(
                      "period of " + column.getKey(),
                      column.getValue().path("from").asText()
                          + " to "
                          + column.getValue().path("to").asText()));
    }
    return this;
  }

  /**
   * The contract.
   *
   * @param name its id and version
   * @param digest its digest
   */
  VersionFacts contract(String name, String digest) {
    group("contract").put("contract", name + ", digest " + shortened(digest));
    return this;
  }

  VersionFacts split(@Nullable AppliedSplit split) {
    if (split != null) {
      group("split")
          .put(
              "split",
              Markup.format("%s held out", Markup.percent(split.split().holdoutShare()))
                  + (split.split().key() == null ? "" : " by " + split.split().key())
                  + (split.split().time() == null ? "" : " by " + split.split().time().column())
                  + ", seed "
                  + split.split().seed());
    }
    return this;
  }

  VersionFacts features(byte[] program) {
    FeatureSetSpecification features = ProgramDocumentFormat.INSTANCE.read(program).features();
    Map<String, String> facts = group("features");
    facts.put("row filter", features.rowFilter() == null ? "none" : features.rowFilter());
    features.features().forEach(one -> facts.put("feature " + one.name(), one.expression()));
    facts.put("label " + features.label().name(), features.label().expression());
    return this;
  }

  VersionFacts training(TrainingRecord training) {
    Map<String, String> facts = group("training");
    facts.put("trainer", training.trainer());
    facts.put("seed", Long.toString(training.seed()));
    new TreeMap<>(training.hyperparameters())
        .forEach((name, value) -> facts.put("hyperparameter " + name, value));
    return this;
  }

  VersionFacts code(CodeVersion code) {
    String revision = code.revision();
    group("code")
        .put(
            "code",
            "Lockkeeper "
                + code.lockkeeper()
                + (revision == null ? "" : ", commit " + shortened(revision)));
    return this;
  }

  static JsonNode parameters(VerifiedStatement statement) {
    return statement.predicate().path("buildDefinition").path("externalParameters");
  }

  private static String shortened(String digest) {
    boolean changed = digest.endsWith("-dirty");
    return digest.substring(0, Math.min(SHORT, digest.length())) + (changed ? "-dirty" : "");
  }

  private Map<String, String> group(String name) {
    return groups.computeIfAbsent(name, absent -> new LinkedHashMap<>());
  }
}
