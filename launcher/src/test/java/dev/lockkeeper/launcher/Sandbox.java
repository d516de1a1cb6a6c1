package dev.lockkeeper.launcher;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Whether bubblewrap starts a sandbox on this machine. */
final class Sandbox {

  private Sandbox() {}

  static Optional<String> missing() {
    return starts()
        ? Optional.empty()
        : Optional.of("bubblewrap starts no sandbox here (apt-get install bubblewrap)");
  }

  private static boolean starts() {
    try {
      Process probe =
          new ProcessBuilder("bwrap", "--unshare-user", "--ro-bind", "/", "/", "true").start();
      return probe.waitFor(20, TimeUnit.SECONDS) && probe.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
