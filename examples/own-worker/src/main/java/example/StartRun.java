package example;

import dev.lockkeeper.client.LockkeeperClient;
import dev.lockkeeper.client.TemporalServer;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.specification.PipelineFile;
import java.nio.file.Path;

/** Starts a run, waits for its end and prints how it ended. */
public final class StartRun {

  private StartRun() {}

  /**
   * @param arguments the pipeline's file, the data, the version
   */
  public static void main(String[] arguments) throws InterruptedException {
    var pipeline = PipelineFile.read(Path.of(arguments[0]), Path.of(arguments[1])).specification();
    try (var client = LockkeeperClient.connect(TemporalServer.configured().orElseThrow())) {
      RunStatus end = client.start(pipeline, arguments[2], "engineer").awaitEnd();
      System.out.println(end.verdict() + ": " + end.message());
    }
  }
}
