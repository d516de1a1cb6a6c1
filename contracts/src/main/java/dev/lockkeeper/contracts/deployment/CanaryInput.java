package dev.lockkeeper.contracts.deployment;

import dev.lockkeeper.formats.approval.Approval;
import dev.lockkeeper.formats.deployment.DeploymentSpecification;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.run.RunContext;

/**
 * Input of a canary.
 *
 * @param run the run
 * @param endpoint the endpoint
 * @param candidate the package
 * @param approval its approval
 * @param deployment the plan
 */
public record CanaryInput(
    RunContext run,
    String endpoint,
    ModelPackage candidate,
    Approval approval,
    DeploymentSpecification deployment) {}
