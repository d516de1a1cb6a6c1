package dev.lockkeeper.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockkeeper.serving.CanaryKeys.First;
import org.junit.jupiter.api.Test;

class CanaryKeysTest {

  private final CanaryKeys keys = new CanaryKeys(4);

  @Test
  void key_isSeenOnceAndFailsOnce() {
    keys.begin(1);

    assertEquals(new First(true, false, true, false), keys.add(1, 7, false));
    assertEquals(new First(false, true, false, true), keys.add(1, 7, true));
    assertEquals(First.NOTHING, keys.add(1, 7, true));
    assertEquals(new First(true, true, true, true), keys.add(1, 8, true));
  }

  @Test
  void nextManifest_seesKeysAnewAndRemembersWhoFailed() {
    keys.begin(1);
    keys.add(1, 7, true);
    keys.add(1, 8, false);
    keys.begin(2);

    assertEquals(new First(true, true, false, false), keys.add(2, 7, true));
    assertEquals(new First(true, true, true, true), keys.add(2, 8, true));
  }

  @Test
  void requestOfAnEarlierManifest_isTheFirstOfNothing() {
    keys.begin(2);

    assertEquals(First.NOTHING, keys.add(1, 7, true));
    assertEquals(new First(true, true, true, true), keys.add(2, 7, true));
  }

  @Test
  void beyondTheLimit_onlyFirstFailuresAreCounted() {
    keys.begin(1);
    keys.add(1, 1, true);
    for (long key = 2; key <= 4; key++) {
      keys.add(1, key, false);
    }

    assertEquals(First.NOTHING, keys.add(1, 5, false));
    assertEquals(new First(false, false, false, true), keys.add(1, 5, true));
    assertEquals(First.NOTHING, keys.add(1, 5, true));
    assertEquals(First.NOTHING, keys.add(1, 1, true), "it failed before");
    assertEquals(
        new First(false, false, false, true), keys.add(1, 2, true), "good keys were forgotten");
  }

  @Test
  void memoryFullOfFailedKeys_takesNoMore() {
    keys.begin(1);
    for (long key = 1; key <= 4; key++) {
      keys.add(1, key, true);
    }

    assertEquals(First.NOTHING, keys.add(1, 5, true));
    keys.begin(2);
    assertEquals(First.NOTHING, keys.add(2, 5, false));
  }
}
