package dev.lockkeeper.starter;

import dev.lockkeeper.formats.run.RunId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Addresses in the Temporal Web UI. */
public final class WebUi {

  private WebUi() {}

  /** The page of a run. */
  public static String run(ServerAddress server, RunId run) {
    return server.ui()
        + "/namespaces/"
        + server.namespace()
        + "/workflows/"
        + URLEncoder.encode(run.toString(), StandardCharsets.UTF_8);
  }
}
