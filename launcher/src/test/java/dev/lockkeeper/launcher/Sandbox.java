package dev.lockkeeper.launcher;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Whether bubblewrap starts a sandbox on this machine. */
final class Sandbox {

  private Sandbox() {}

  static boolean works() throws InterruptedException {
    try {
      Process probe =
          new ProcessBuilder("bwrap", "--unshare-user", "--ro-bind", "/", "/", "true").start();
      return probe.waitFor(20, TimeUnit.SECONDS) && probe.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
