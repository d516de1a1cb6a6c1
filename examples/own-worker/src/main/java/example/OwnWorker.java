package example;

import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.client.ClientSetup;
import dev.lockkeeper.client.TemporalServer;
import dev.lockkeeper.stage.InstalledStages;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StageDefinition;
import dev.lockkeeper.stage.StageSettings;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerPlugin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A worker with every stage on the class path: Lockkeeper's ingestion and a validation of ours. */
public final class OwnWorker {

  private OwnWorker() {}

  /**
   * @param arguments the state folder
   */
  public static void main(String[] arguments) throws IOException {
    TemporalServer server = TemporalServer.configured().orElseThrow();
    StateFolder state = new StateFolder(Path.of(arguments[0]));
    List<WorkerPlugin> plugins = new ArrayList<>();
    for (StageDefinition stage : InstalledStages.load().all()) {
      plugins.add(stage.plugin(StageContext.open(state, stage), StageSettings.environment()));
    }
    WorkerFactory factory =
        WorkerFactory.newInstance(
            WorkflowClient.newInstance(
                WorkflowServiceStubs.newServiceStubs(server.options()),
                ClientSetup.untraced(server.namespace())),
            WorkerFactoryOptions.newBuilder()
                .setPlugins(plugins.toArray(WorkerPlugin[]::new))
                .build());
    InstalledStages.load().all().forEach(stage -> factory.newWorker(stage.role().taskQueue()));
    factory.start();
    System.out.println("own worker takes work");
  }
}
