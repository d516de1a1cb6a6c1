package dev.lockkeeper.workflows;

import dev.lockkeeper.contracts.monitoring.CompareWindowInput;
import dev.lockkeeper.contracts.monitoring.DriftAlert;
import dev.lockkeeper.contracts.monitoring.MonitoringInput;
import dev.lockkeeper.contracts.monitoring.MonitoringStatus;
import dev.lockkeeper.contracts.monitoring.MonitoringWorkflow;
import dev.lockkeeper.contracts.monitoring.WindowComparison;
import dev.lockkeeper.contracts.registry.ModelPackage;
import dev.lockkeeper.contracts.run.SearchAttributes;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.List;

/** The watch over an endpoint: a comparison every so often, for as long as it serves. */
public final class MonitoringWorkflowImpl implements MonitoringWorkflow {

  /** Keeps a history below a thousand events where the server makes no suggestion. */
  static final int LONGEST_RUN = 60;

  private final MonitoringInput input;
  private ModelPackage modelPackage;
  private String cursor;
  private long windows;
  private long alerts;
  private List<DriftAlert> latest = List.of();

  /** A version may be announced before {@link #watch} runs. */
  @WorkflowInit
  public MonitoringWorkflowImpl(MonitoringInput input) {
    this.input = input;
    this.modelPackage = input.modelPackage();
    this.cursor = input.cursor();
    this.windows = input.windows();
    this.alerts = input.alerts();
  }

  @Override
  public void watch(MonitoringInput start) {
    announce();
    for (int looks = 0; looks < LONGEST_RUN && !suggested(); looks++) {
      Timers.start(input.monitoring().every(), "Next look at " + input.endpoint()).get();
      compare();
    }
    Workflow.await(Workflow::isEveryHandlerFinished);
    Workflow.continueAsNew(
        new MonitoringInput(
            input.endpoint(), input.monitoring(), modelPackage, cursor, windows, alerts));
  }

  @Override
  public void versionChanged(ModelPackage serving) {
    if (serving == null || serving.version() == null || serving.model() == null) {
      Workflow.getLogger(MonitoringWorkflowImpl.class).warn("an empty version change is ignored");
      return;
    }
    modelPackage = serving;
    latest = List.of();
    announce();
  }

  @Override
  public MonitoringStatus status() {
    return new MonitoringStatus(input.endpoint(), modelPackage.version(), windows, alerts, latest);
  }

  private static boolean suggested() {
    return Workflow.getInfo().isContinueAsNewSuggested();
  }

  /** A comparison that cannot be made is said and skipped: the watch itself goes on. */
  private void compare() {
    try {
      WindowComparison comparison =
          MonitoringStage.activities("Compare the live window of version " + modelPackage.version())
              .compareWindow(
                  new CompareWindowInput(
                      input.endpoint(), input.monitoring(), modelPackage, cursor));
      cursor = comparison.cursor();
      if (comparison.rows() > 0) {
        windows++;
      }
      if (!comparison.alerts().isEmpty()) {
        alerts += comparison.alerts().size();
        latest = List.copyOf(comparison.alerts());
      }
      show("");
    } catch (ActivityFailure failure) {
      if (failure.getCause() instanceof CanceledFailure) {
        throw failure;
      }
      show("The last comparison failed: " + FailureText.of(failure));
    }
  }

  private void announce() {
    Workflow.upsertTypedSearchAttributes(
        SearchAttributes.MODEL_NAME.valueSet(modelPackage.model()),
        SearchAttributes.MODEL_VERSION.valueSet(modelPackage.version()),
        SearchAttributes.ENDPOINT.valueSet(input.endpoint()));
    show("");
  }

  private void show(String trouble) {
    StringBuilder text = new StringBuilder();
    text.append(latest.isEmpty() ? "**QUIET** " : "**ALERT** ")
        .append("version ")
        .append(modelPackage.version())
        .append(", ")
        .append(windows)
        .append(" windows compared, ")
        .append(alerts)
        .append(" alerts\n\n");
    for (DriftAlert alert : latest) {
      text.append("- ").append(CurrentDetails.cell(alert.message())).append('\n');
    }
    text.append(CurrentDetails.cell(trouble));
    Workflow.setCurrentDetails(text.toString());
  }
}
