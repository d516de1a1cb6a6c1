package dev.lockkeeper.testing.stages;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.activities.training.Checkpoints;
import dev.lockkeeper.activities.training.Trainer;
import dev.lockkeeper.activities.training.TrainingTable;
import dev.lockkeeper.models.InspectedModel;
import dev.lockkeeper.models.ModelFileInspector;
import dev.lockkeeper.runtime.ClassifierSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What any {@link Trainer} must do. An implementation's test extends it and says which trainer it
 * is about.
 */
public abstract class TrainerContract {

  private static final int ROWS = 600;
  private static final int WIDTH = 3;
  private static final long SEED = 7;

  /** The trainer. */
  protected abstract Trainer trainer();

  /** Hyperparameters with which it fits 600 rows in seconds; none by default. */
  protected Map<String, String> parameters() {
    return Map.of();
  }

  /** Whether it keeps progress in such a fit when every checkpoint is due; not by default. */
  protected boolean keepsProgress() {
    return false;
  }

  @Test
  void equalInput_givesAnEqualModel() throws Exception {
    assertArrayEquals(fit(table(), new Kept(null)), fit(table(), new Kept(null)));
  }

  @Test
  void fitThatGoesOnFromItsProgress_givesTheSameModel() throws Exception {
    Kept kept = new Kept(null);
    byte[] uninterrupted = fit(table(), kept);
    assertEquals(keepsProgress(), !kept.progress.isEmpty());

    for (int at : kept.progress.isEmpty() ? new int[0] : new int[] {0, kept.progress.size() / 2}) {
      byte[] resumed = fit(table(), new Kept(kept.progress.get(at)));
      assertArrayEquals(uninterrupted, resumed, "from progress " + at);
    }
  }

  @Test
  void model_isServableAndTellsTheLabelsApart() throws Exception {
    TrainingTable table = table();
    InspectedModel model = ModelFileInspector.inspect(fit(table, new Kept(null)));
    float[] probabilities;
    try (ClassifierSession session = ClassifierSession.open(trainer().name(), model, WIDTH)) {
      probabilities = session.probabilities(table.features(), ROWS);
    }
    double[] sums = new double[2];
    int[] counts = new int[2];
    for (int row = 0; row < ROWS; row++) {
      sums[(int) table.labels()[row]] += probabilities[row];
      counts[(int) table.labels()[row]]++;
    }
    double apart = sums[1] / counts[1] - sums[0] / counts[0];
    assertTrue(apart > 0.2, "mean probabilities are " + apart + " apart");
  }

  @Test
  void table_isLeftAsItIs() throws Exception {
    TrainingTable table = table();
    fit(table, new Kept(null));

    assertArrayEquals(table().features(), table.features());
    assertArrayEquals(table().labels(), table.labels());
  }

  @Test
  void unknownHyperparameter_isRefusedByName() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> trainer().resolve(Map.of("no-such-parameter", "1")));

    assertTrue(
        String.valueOf(refused.getMessage()).contains("no-such-parameter"), refused.toString());
  }

  @Test
  void hyperparametersInForce_areThoseGivenAndMore() {
    Set<String> inForce = trainer().resolve(parameters()).keySet();

    assertTrue(inForce.containsAll(parameters().keySet()), inForce.toString());
  }

  private byte[] fit(TrainingTable table, Checkpoints checkpoints) throws Exception {
    return trainer().fit(table, trainer().resolve(parameters()), SEED, checkpoints).toOnnx();
  }

  /** The label follows two features; the third is noise, and missing in one row of twenty. */
  private static TrainingTable table() {
    Random random = new Random(1);
    float[] features = new float[ROWS * WIDTH];
    float[] labels = new float[ROWS];
    for (int row = 0; row < ROWS; row++) {
      float a = (float) random.nextGaussian();
      float b = (float) random.nextGaussian();
      features[row * WIDTH] = a;
      features[row * WIDTH + 1] = b;
      features[row * WIDTH + 2] = row % 20 == 0 ? Float.NaN : (float) random.nextGaussian();
      labels[row] = 2 * a - b + random.nextGaussian() > 0 ? 1 : 0;
    }
    return new TrainingTable(ROWS, List.of("a", "b", "c"), features, labels);
  }

  private static final class Kept implements Checkpoints {

    private final byte @Nullable [] last;
    private final List<byte[]> progress = new ArrayList<>();

    private Kept(byte @Nullable [] last) {
      this.last = last;
    }

    @Override
    public Optional<byte[]> last() {
      return Optional.ofNullable(last);
    }

    @Override
    public boolean due() {
      return true;
    }

    @Override
    public void keep(byte[] kept) {
      progress.add(kept.clone());
    }
  }
}
