package dev.lockkeeper.activities.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockkeeper.fixtures.SharedFolder;
import dev.lockkeeper.formats.validation.FairnessGate;
import dev.lockkeeper.formats.validation.FairnessMetric;
import dev.lockkeeper.formats.validation.GateOutcome;
import dev.lockkeeper.formats.validation.GateResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GroupFairnessTest {

  private static final PairedBootstrap BOOTSTRAP = new PairedBootstrap(500, 0.95, 3);

  private static FairnessGate gate(FairnessMetric metric, double threshold, int minimumGroup) {
    return new FairnessGate("sex", metric, threshold, minimumGroup, true);
  }

  /** Groups A and B of the given sizes and shares, label and prediction equal. */
  private static GroupFairness twoGroups(
      FairnessGate gate, int rows, double shareA, double shareB) {
    List<String> groups = new ArrayList<>();
    boolean[] labels = new boolean[2 * rows];
    for (int i = 0; i < 2 * rows; i++) {
      groups.add(i < rows ? "A" : "B");
      labels[i] = i % rows < rows * (i < rows ? shareA : shareB);
    }
    return GroupFairness.measure(
        gate, groups, labels, labels, RowUnits.eachRow(2 * rows), BOOTSTRAP);
  }

  @Test
  void measure_adultLabelsAgreeWithGolden() throws IOException {
    Path shared = SharedFolder.find("");
    JsonNode golden =
        new ObjectMapper()
            .readTree(shared.resolve("vectors/statistics/golden.json").toFile())
            .path("adult_label_rate_by_sex");
    List<String> rows = Files.readAllLines(shared.resolve("data/adult/adult.csv"));
    List<String> groups = new ArrayList<>();
    boolean[] labels = new boolean[rows.size() - 1];
    for (int i = 1; i < rows.size(); i++) {
      String[] cells = rows.get(i).split(",", -1);
      groups.add(cells[9].strip());
      labels[i - 1] = cells[cells.length - 1].strip().equals(">50K");
    }

    GroupFairness ratio =
        GroupFairness.measure(
            gate(FairnessMetric.DEMOGRAPHIC_PARITY_RATIO, 0.8, 100),
            groups,
            labels,
            labels,
            RowUnits.eachRow(labels.length),
            BOOTSTRAP);

    assertEquals(golden.path("dp_ratio").asDouble(), ratio.value(), 1e-12);
    assertEquals(
        golden.path("dp_diff").asDouble(),
        GroupFairness.range(FairnessMetric.DEMOGRAPHIC_PARITY_DIFFERENCE, ratio.groups())
            .observed(),
        1e-12);
    assertEquals(
        golden.path("Female").get(2).asDouble(), ratio.groups().get(0).rates().selection(), 1e-12);
    assertTrue(ratio.interval().holds(ratio.value()));
  }

  @Test
  void value_compasAgreesWithGolden() {
    GroupRates first = new GroupRates("African-American", 1369, 805, 532, 990);
    GroupRates second = new GroupRates("Caucasian", 505, 349, 461, 1139);

    assertEquals(0.5882034632034632, first.rates().selection(), 1e-12);
    assertEquals(0.7201472909, first.rates().truePositive(), 1e-9);
    assertEquals(
        0.21392495582112797,
        GroupFairness.range(FairnessMetric.EQUALIZED_ODDS_DIFFERENCE, List.of(first, second))
            .observed(),
        1e-9);
  }

  @Test
  void judge_wholeIntervalAboveTheRatioPasses() {
    FairnessGate gate = gate(FairnessMetric.DEMOGRAPHIC_PARITY_RATIO, 0.8, 50);

    GateResult result = FairnessJudgement.judge(gate, twoGroups(gate, 4000, 0.5, 0.5));

    assertEquals(GateOutcome.PASSED, result.outcome());
    assertFalse(result.blocking());
  }

  @Test
  void judge_noneOfTheIntervalKeepsToItIsRefused() {
    FairnessGate gate = gate(FairnessMetric.DEMOGRAPHIC_PARITY_DIFFERENCE, 0.1, 50);

    GateResult result = FairnessJudgement.judge(gate, twoGroups(gate, 4000, 0.6, 0.3));

    assertEquals(GateOutcome.REFUSED, result.outcome());
    assertTrue(result.message().contains("none of it keeps to the threshold 0.1000"));
  }

  @Test
  void judge_intervalContainsTheThresholdIsInconclusive() {
    FairnessGate gate = gate(FairnessMetric.DEMOGRAPHIC_PARITY_RATIO, 0.8, 50);

    GateResult result = FairnessJudgement.judge(gate, twoGroups(gate, 100, 0.5, 0.42));

    assertEquals(GateOutcome.INCONCLUSIVE, result.outcome());
    assertTrue(result.blocking());
  }

  /** Nobody of twelve is selected: that is not a proof that nobody ever is. */
  @Test
  void judge_noSelectedRowInASmallGroupIsInconclusive() {
    FairnessGate gate = gate(FairnessMetric.DEMOGRAPHIC_PARITY_RATIO, 0.5, 10);
    GroupFairness fairness = drawn(gate, 310, 68, 12, 0);

    assertEquals(0, fairness.value());
    assertEquals(0, fairness.interval().low());
    assertEquals(GateOutcome.INCONCLUSIVE, FairnessJudgement.judge(gate, fairness).outcome());
  }

  /**
   * The true ratio is 0.5. A bootstrap of rows contains it in 90 % of these draws; 95 % are
   * promised. Three standard errors of 400 draws are 3.3 %.
   */
  @Test
  void interval_containsTheTrueValueAsOftenAsItPromisesInASmallGroup() {
    FairnessGate gate = gate(FairnessMetric.DEMOGRAPHIC_PARITY_RATIO, 0.5, 10);
    SplittableRandom random = new SplittableRandom(11);
    int held = 0;
    for (int draw = 0; draw < 400; draw++) {
      int large = selected(random, 2_000, 0.2);
      int small = selected(random, 40, 0.1);
      if (drawn(gate, 2_000, large, 40, small).interval().holds(0.5)) {
        held++;
      }
    }
    assertEquals(0.95, held / 400.0, 0.033);
  }

  /** The largest and the smallest of ten equal groups differ by noise alone. */
  @Test
  void judge_equalTreatmentOfManySmallGroupsIsNotRefused() {
    SplittableRandom random = new SplittableRandom(7);
    for (FairnessMetric metric : FairnessMetric.values()) {
      double threshold = metric == FairnessMetric.DEMOGRAPHIC_PARITY_RATIO ? 0.8 : 0.1;
      FairnessGate gate = gate(metric, threshold, 50);
      int refused = 0;
      for (int draw = 0; draw < 40; draw++) {
        refused += refusesTenEqualGroups(gate, random) ? 1 : 0;
      }
      assertTrue(refused <= 3, metric.label() + ": " + refused + " of 40");
    }
  }

  private static boolean refusesTenEqualGroups(FairnessGate gate, SplittableRandom random) {
    List<String> groups = new ArrayList<>();
    boolean[] labels = new boolean[1_000];
    boolean[] predicted = new boolean[1_000];
    for (int row = 0; row < labels.length; row++) {
      groups.add("group " + row % 10);
      labels[row] = random.nextDouble() < 0.4;
      predicted[row] = random.nextDouble() < 0.3;
    }
    GroupFairness measured =
        GroupFairness.measure(gate, groups, labels, predicted, RowUnits.eachRow(1_000), BOOTSTRAP);
    return FairnessJudgement.judge(gate, measured).outcome() == GateOutcome.REFUSED;
  }

  private static int selected(SplittableRandom random, int rows, double share) {
    int selected = 0;
    for (int row = 0; row < rows; row++) {
      selected += random.nextDouble() < share ? 1 : 0;
    }
    return selected;
  }

  private static GroupFairness drawn(
      FairnessGate gate, int rowsA, int selectedA, int rowsB, int selectedB) {
    List<String> groups = new ArrayList<>();
    boolean[] predicted = new boolean[rowsA + rowsB];
    for (int row = 0; row < predicted.length; row++) {
      groups.add(row < rowsA ? "A" : "B");
      predicted[row] = row < rowsA ? row < selectedA : row - rowsA < selectedB;
    }
    return GroupFairness.measure(
        gate, groups, predicted, predicted, RowUnits.eachRow(predicted.length), BOOTSTRAP);
  }

  @Test
  void judge_groupsBelowTheMinimumAreInconclusive() {
    FairnessGate gate = gate(FairnessMetric.DEMOGRAPHIC_PARITY_RATIO, 0.8, 500);

    GateResult result = FairnessJudgement.judge(gate, twoGroups(gate, 100, 0.5, 0.5));

    assertEquals(GateOutcome.INCONCLUSIVE, result.outcome());
    assertEquals(
        "demographic-parity-ratio by sex: 0 group(s) with at least 500 rows, two are needed;"
            + " lower minimumGroup or hold out more rows",
        result.message());
  }
}
