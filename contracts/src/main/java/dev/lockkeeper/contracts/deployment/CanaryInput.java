package dev.lockkeeper.contracts.deployment;

import dev.lockkeeper.formats.approval.Approval;
import dev.lockkeeper.formats.deployment.DeploymentSpecification;
import dev.lockkeeper.formats.deployment.ServingState;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.run.RunContext;
import org.jspecify.annotations.Nullable;

/**
 * Input of a canary.
 *
 * @param run the run
 * @param endpoint the endpoint
 * @param candidate the package
 * @param approval its approval
 * @param deployment the plan
 * @param baseline what the endpoint served when the gates compared the candidate: the canary begins
 *     only if the same version is stable still. Null in an input of before there was one: any
 */
public record CanaryInput(
    RunContext run,
    String endpoint,
    ModelPackage candidate,
    Approval approval,
    DeploymentSpecification deployment,
    @Nullable ServingState baseline) {}
