package dev.lockkeeper.activities.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.formats.registry.CodeVersion;
import dev.lockkeeper.formats.training.TrainingRecord;
import dev.lockkeeper.formats.validation.VersionChange;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VersionFactsTest {

  @Test
  void changes_areWhatDiffersInOrder() {
    VersionFacts stable =
        new VersionFacts()
            .rows(Map.of("training", 8_000L, "holdout", 2_000L))
            .contract("trips 1.0.0", "a".repeat(64))
            .training(training(Map.of("rounds", "50", "depth", "4")))
            .code(new CodeVersion("0.1.0", "1234567890abcdef", "17", "Linux"));
    VersionFacts candidate =
        new VersionFacts()
            .rows(Map.of("training", 9_500L, "holdout", 2_000L))
            .contract("trips 1.0.0", "b".repeat(64))
            .training(training(Map.of("rounds", "80", "eta", "0.1")))
            .code(new CodeVersion("0.1.0", "fedcba0987654321-dirty", "17", "Linux"));

    assertEquals(
        List.of(
            new VersionChange("training rows", "8,000", "9,500"),
            new VersionChange(
                "contract", "trips 1.0.0, digest aaaaaaaaaaaa", "trips 1.0.0, digest bbbbbbbbbbbb"),
            new VersionChange("hyperparameter eta", null, "0.1"),
            new VersionChange("hyperparameter rounds", "50", "80"),
            new VersionChange("hyperparameter depth", "4", null),
            new VersionChange(
                "code",
                "Lockkeeper 0.1.0, commit 1234567890ab",
                "Lockkeeper 0.1.0, commit fedcba098765-dirty")),
        candidate.changesSince(stable));
  }

  @Test
  void whatOneSideDoesNotTell_isNotCompared() {
    VersionFacts candidate = new VersionFacts().training(training(Map.of("rounds", "80")));

    assertEquals(List.of(), candidate.changesSince(new VersionFacts()));
  }

  @Test
  void drift_namesTheFeatureThatMovedAndHow() {
    float[][] before = rows(1_000, 0);
    List<VersionChange> none =
        DataDrift.of(
            BaselineHistograms.of(List.of("miles", "card"), before, new double[1_000]),
            List.of("miles", "card"),
            before);
    List<VersionChange> moved =
        DataDrift.of(
            BaselineHistograms.of(List.of("miles", "card"), before, new double[1_000]),
            List.of("miles", "card"),
            rows(1_000, 300));

    assertEquals(List.of(), none);
    assertEquals(List.of("values of miles"), moved.stream().map(VersionChange::subject).toList());
    assertTrue(String.valueOf(moved.get(0).stable()).startsWith("10.0 % above "), moved.toString());
    assertTrue(
        String.valueOf(moved.get(0).candidate()).startsWith("40.0 % above "), moved.toString());
  }

  private static float[][] rows(int count, float shift) {
    return IntStream.range(0, count)
        .mapToObj(row -> new float[] {row + shift, row % 2})
        .toArray(float[][]::new);
  }

  private static TrainingRecord training(Map<String, String> hyperparameters) {
    return new TrainingRecord(
        "xgboost", 7, hyperparameters, 100, "process", null, Map.of(), List.of());
  }
}
