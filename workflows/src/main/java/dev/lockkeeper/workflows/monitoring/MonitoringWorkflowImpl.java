package dev.lockkeeper.workflows.monitoring;

import dev.lockkeeper.contracts.monitoring.CompareWindowInput;
import dev.lockkeeper.contracts.monitoring.MonitoringActivities;
import dev.lockkeeper.contracts.monitoring.MonitoringInput;
import dev.lockkeeper.contracts.monitoring.MonitoringStatus;
import dev.lockkeeper.contracts.monitoring.MonitoringWorkflow;
import dev.lockkeeper.contracts.run.SearchAttributes;
import dev.lockkeeper.formats.monitoring.DriftAlert;
import dev.lockkeeper.formats.monitoring.MonitoringSpecification;
import dev.lockkeeper.formats.monitoring.WindowComparison;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.workflows.run.FailureText;
import dev.lockkeeper.workflows.run.Markdown;
import dev.lockkeeper.workflows.run.StageOptions;
import dev.lockkeeper.workflows.run.Timers;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The watch over an endpoint: a comparison every so often, for as long as it serves. */
public class MonitoringWorkflowImpl implements MonitoringWorkflow {

  /** Keeps a history below a thousand events where the server makes no suggestion. */
  public static final int LONGEST_RUN = 60;

  private final String endpoint;
  private MonitoringSpecification monitoring;
  private ModelPackage modelPackage;
  private String cursor;
  private long windows;
  private long alerts;
  private List<DriftAlert> latest;
  private long alertedWindow;

  /** A version may be announced before {@link #watch} runs. */
  @WorkflowInit
  public MonitoringWorkflowImpl(MonitoringInput input) {
    this.endpoint = input.endpoint();
    this.monitoring = input.monitoring();
    this.modelPackage = input.modelPackage();
    this.cursor = input.cursor();
    this.windows = input.windows();
    this.alerts = input.alerts();
    this.latest = Objects.requireNonNullElse(input.latest(), List.of());
    this.alertedWindow = input.alertedWindow();
  }

  @Override
  public void watch(MonitoringInput start) {
    announce();
    for (int looks = 0; looks < LONGEST_RUN && !suggested(); looks++) {
      Timers.start(monitoring.every(), "Next look at " + endpoint).get();
      compare();
    }
    Workflow.await(Workflow::isEveryHandlerFinished);
    Workflow.continueAsNew(
        new MonitoringInput(
            endpoint, monitoring, modelPackage, cursor, windows, alerts, latest, alertedWindow));
  }

  @Override
  public void versionChanged(ModelPackage serving, @Nullable MonitoringSpecification watched) {
    if (serving == null || serving.version() == null || serving.model() == null) {
      Workflow.getLogger(MonitoringWorkflowImpl.class).warn("an empty version change is ignored");
      return;
    }
    modelPackage = serving;
    monitoring = watched == null ? monitoring : watched;
    latest = List.of();
    announce();
  }

  @Override
  public MonitoringStatus status() {
    return new MonitoringStatus(endpoint, modelPackage.version(), windows, alerts, latest);
  }

  private static boolean suggested() {
    return Workflow.getInfo().isContinueAsNewSuggested();
  }

  /** A comparison that cannot be made is said and skipped: the watch itself goes on. */
  @SuppressWarnings("ReferenceEquality") // a version that is watched anew is another watch
  private void compare() {
    ModelPackage watched = modelPackage;
    try {
      WindowComparison comparison =
          StageOptions.MONITORING
              .activities(
                  MonitoringActivities.class,
                  "Compare the live window of version " + watched.version())
              .compareWindow(new CompareWindowInput(endpoint, monitoring, watched, cursor));
      cursor = comparison.cursor();
      if (comparison instanceof WindowComparison.Compared compared) {
        windows++;
        alerts += compared.alerts().size();
        if (!compared.alerts().isEmpty() && watched == modelPackage) {
          latest = List.copyOf(compared.alerts());
          alertedWindow = windows;
        }
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
        SearchAttributes.ENDPOINT.valueSet(endpoint));
    show("");
  }

  private void show(String trouble) {
    StringBuilder text = new StringBuilder();
    boolean raised = !latest.isEmpty();
    text.append(raised && alertedWindow == windows ? "**ALERT** " : "**QUIET** ")
        .append("version ")
        .append(modelPackage.version())
        .append(", ")
        .append(windows)
        .append(windows == 1 ? " window compared, " : " windows compared, ")
        .append(alerts)
        .append(" alerts\n\n");
    if (raised) {
      text.append("Last alert, in window ").append(alertedWindow).append(":\n\n");
    }
    for (DriftAlert alert : latest) {
      text.append("- ").append(Markdown.cell(alert.message())).append('\n');
    }
    text.append('\n').append(Markdown.cell(trouble));
    Workflow.setCurrentDetails(text.toString());
  }
}
