package dev.lockkeeper.workflows.pipeline;

import dev.lockkeeper.contracts.approval.DecisionReceipt;
import dev.lockkeeper.contracts.approval.ReviewStatus;
import dev.lockkeeper.contracts.deployment.CanaryResult;
import dev.lockkeeper.contracts.pipeline.PipelineInput;
import dev.lockkeeper.contracts.pipeline.PipelineWorkflow;
import dev.lockkeeper.contracts.run.RunFailure;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.Verdict;
import dev.lockkeeper.formats.approval.Approval;
import dev.lockkeeper.formats.approval.ApprovalOutcome;
import dev.lockkeeper.formats.approval.SignedDecision;
import dev.lockkeeper.formats.features.FeatureTable;
import dev.lockkeeper.formats.ingestion.Dataset;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.formats.training.TrainedModel;
import dev.lockkeeper.formats.validation.Evaluation;
import dev.lockkeeper.workflows.run.FailureText;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import io.temporal.workflow.WorkflowInit;

/** The pipeline: what it does in order is in {@link #runStages}. */
public final class PipelineWorkflowImpl implements PipelineWorkflow {
  private final RunProgress progress;
  private final ReviewProcess reviews;
  private final PipelineStages stages;
  private final ReleaseStage release;

  /** Signals, updates and queries may come before {@link #run} does. */
  @WorkflowInit
  public PipelineWorkflowImpl(PipelineInput input) {
    RunContext run = context(input);
    this.reviews = new ReviewProcess(run, input.reason(), this::publish);
    this.progress =
        new RunProgress(run, input.specification().endpoint(), input.traceId(), reviews::status);
    this.stages = new PipelineStages(run, input.specification(), progress, reviews);
    this.release =
        new ReleaseStage(
            run, input.specification(), progress, new UnshownCanary(reviews, progress));
  }

  @Override
  public RunStatus run(PipelineInput input) {
    progress.open();
    return told(stagesRun());
  }

  private RunStatus stagesRun() {
    try {
      RunStatus end = runStages();
      Workflow.await(Workflow::isEveryHandlerFinished);
      return end;
    } catch (TemporalFailure failure) {
      return ended(failure);
    }
  }

  /** Temporal's lists show the status of a workflow: it is complete only if the model serves. */
  private static RunStatus told(RunStatus end) {
    boolean promoted = end.verdict() == Verdict.PROMOTED;
    if (promoted
        || Workflow.getVersion("end-in-status", Workflow.DEFAULT_VERSION, 1)
            == Workflow.DEFAULT_VERSION) {
      return end;
    }
    throw RunFailure.of(end);
  }

  private RunStatus runStages() {
    if (!(stages.ingest() instanceof Dataset.Accepted dataset)) {
      return rejected();
    }
    FeatureTable features = stages.buildFeatures(dataset);
    TrainedModel model = stages.train(features);
    Evaluation evaluation = evaluate(dataset, features, model);
    if (!evaluation.passed()) {
      return rejected();
    }
    ModelPackage modelPackage = stages.register(dataset, features, model, evaluation);
    Approval approval = stages.review(modelPackage, evaluation);
    if (approval.outcome() != ApprovalOutcome.APPROVED) {
      return rejected();
    }
    CanaryResult canary =
        release.canary(
            modelPackage, approval, asked -> stages.question(modelPackage, evaluation, asked));
    if (canary instanceof CanaryResult.Promoted) {
      release.watch(modelPackage);
    }
    return progress.end(canary.verdict(), canary.message());
  }

  /**
   * A model is compared with the version that is stable, and again if another one is by the time
   * that the comparison is over.
   */
  private Evaluation evaluate(Dataset.Accepted dataset, FeatureTable features, TrainedModel model) {
    while (true) {
      Evaluation evaluation = stages.validate(dataset, features, model, release.stable());
      boolean old =
          Workflow.getVersion("baseline-after-validation", Workflow.DEFAULT_VERSION, 1)
              == Workflow.DEFAULT_VERSION;
      if (old || !evaluation.passed() || release.baselineHolds()) {
        return evaluation;
      }
    }
  }

  @Override
  public void decide(SignedDecision decision) {
    reviews.signalled(decision);
  }

  @Override
  public DecisionReceipt submitDecision(SignedDecision decision) {
    return reviews.updated(decision);
  }

  @Override
  public void validateDecision(SignedDecision decision) {
    reviews.validate(decision);
  }

  @Override
  public RunStatus status() {
    return progress.status();
  }

  @Override
  public ReviewStatus review() {
    return reviews.status();
  }

  private RunStatus rejected() {
    return progress.end(Verdict.REJECTED, progress.status().message());
  }

  /** A failure has a result that says what broke; a cancel stays a cancel for Temporal too. */
  private RunStatus ended(TemporalFailure failure) {
    boolean cancelled = CancellationScope.current().isCancelRequested();
    RunStatus end =
        cancelled
            ? progress.end(Verdict.CANCELLED, "cancelled by request")
            : progress.end(Verdict.FAILED, FailureText.of(failure));
    reviews.abandon("the run has ended: " + end.verdict());
    Workflow.newDetachedCancellationScope(() -> Workflow.await(Workflow::isEveryHandlerFinished))
        .run();
    if (cancelled) {
      throw new CanceledFailure(end.message());
    }
    return end;
  }

  private void publish() {
    progress.publish();
  }

  private static RunContext context(PipelineInput input) {
    WorkflowInfo info = Workflow.getInfo();
    return new RunContext(
        info.getWorkflowId(),
        info.getRunId(),
        info.getNamespace(),
        input.specification().name(),
        input.version(),
        input.startedBy(),
        input.specificationDigest());
  }
}
