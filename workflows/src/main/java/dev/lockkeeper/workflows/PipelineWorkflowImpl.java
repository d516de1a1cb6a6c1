package dev.lockkeeper.workflows;

import dev.lockkeeper.contracts.approval.Approval;
import dev.lockkeeper.contracts.approval.ApprovalOutcome;
import dev.lockkeeper.contracts.approval.DecisionReceipt;
import dev.lockkeeper.contracts.approval.ReviewStatus;
import dev.lockkeeper.contracts.approval.SignedDecision;
import dev.lockkeeper.contracts.deployment.CanaryResult;
import dev.lockkeeper.contracts.features.FeatureTable;
import dev.lockkeeper.contracts.ingestion.Dataset;
import dev.lockkeeper.contracts.pipeline.PipelineInput;
import dev.lockkeeper.contracts.pipeline.PipelineWorkflow;
import dev.lockkeeper.contracts.registry.ModelPackage;
import dev.lockkeeper.contracts.run.RunContext;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.Verdict;
import dev.lockkeeper.contracts.training.TrainedModel;
import dev.lockkeeper.contracts.validation.Evaluation;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import io.temporal.workflow.WorkflowInit;

/** The pipeline: what it does in order stands in {@link #throughEveryLock}. */
public final class PipelineWorkflowImpl implements PipelineWorkflow {
  private final RunProgress progress;
  private final DecisionDesk desk;
  private final PipelineStages stages;
  private final ReleaseStage release;

  /** Signals, updates and queries may come before {@link #run} does. */
  @WorkflowInit
  public PipelineWorkflowImpl(PipelineInput input) {
    RunContext run = context(input);
    this.desk = new DecisionDesk(run, this::publish);
    this.progress =
        new RunProgress(run, input.specification().endpoint(), input.traceId(), desk::status);
    this.stages = new PipelineStages(run, input.specification(), progress, desk);
    this.release = new ReleaseStage(run, input.specification(), progress);
  }

  @Override
  public RunStatus run(PipelineInput input) {
    progress.open();
    try {
      RunStatus end = throughEveryLock();
      Workflow.await(Workflow::isEveryHandlerFinished);
      return end;
    } catch (TemporalFailure failure) {
      return ended(failure);
    }
  }

  private RunStatus throughEveryLock() {
    Dataset dataset = stages.ingest();
    if (!dataset.breaches().isEmpty()) {
      return rejected();
    }
    FeatureTable features = stages.buildFeatures(dataset);
    TrainedModel model = stages.train(features);
    Evaluation evaluation = stages.validate(features, model, release.stable());
    if (!evaluation.passed()) {
      return rejected();
    }
    ModelPackage modelPackage = stages.register(dataset, features, model, evaluation);
    Approval approval = stages.review(modelPackage, evaluation);
    if (approval.outcome() != ApprovalOutcome.APPROVED) {
      return rejected();
    }
    CanaryResult canary = release.canary(modelPackage, approval);
    if (canary.verdict() == Verdict.PROMOTED) {
      release.watch(modelPackage);
    }
    return progress.end(canary.verdict(), canary.message());
  }

  @Override
  public void decide(SignedDecision decision) {
    desk.signalled(decision);
  }

  @Override
  public DecisionReceipt submitDecision(SignedDecision decision) {
    return desk.updated(decision);
  }

  @Override
  public void validateDecision(SignedDecision decision) {
    desk.validate(decision);
  }

  @Override
  public RunStatus status() {
    return progress.status();
  }

  @Override
  public ReviewStatus review() {
    return desk.status();
  }

  private RunStatus rejected() {
    return progress.end(Verdict.REJECTED, progress.status().message());
  }

  /** A failure is a result that says what broke; a cancel stays a cancel for Temporal too. */
  private RunStatus ended(TemporalFailure failure) {
    boolean cancelled = CancellationScope.current().isCancelRequested();
    RunStatus end =
        cancelled
            ? progress.end(Verdict.CANCELLED, "cancelled by request")
            : progress.end(Verdict.FAILED, FailureText.of(failure));
    desk.abandon("the run has ended: " + end.verdict());
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
