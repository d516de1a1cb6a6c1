package dev.lockkeeper.formats;

import dev.lockkeeper.formats.deployment.ArmCounts;
import dev.lockkeeper.formats.deployment.ArmRole;
import dev.lockkeeper.formats.deployment.CanaryCounts;
import dev.lockkeeper.formats.deployment.CanaryEvidence;
import dev.lockkeeper.formats.deployment.CanaryStep;
import dev.lockkeeper.formats.deployment.CanaryVerdict;
import dev.lockkeeper.formats.deployment.DeploymentSpecification;
import dev.lockkeeper.formats.deployment.HarmUnit;
import dev.lockkeeper.formats.deployment.Inconclusive;
import dev.lockkeeper.formats.deployment.KeyCounts;
import dev.lockkeeper.formats.deployment.KeyEvidence;
import dev.lockkeeper.formats.deployment.Release;
import dev.lockkeeper.formats.deployment.ServingArm;
import dev.lockkeeper.formats.deployment.ServingManifest;
import dev.lockkeeper.formats.registry.ModelPackage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What deployment and the gateways write, with every optional field. */
final class DeploymentExamples {

  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  static final CanaryCounts COUNTS =
      new CanaryCounts(
          "taxi",
          "g-1",
          3,
          25,
          new ArmCounts(300, 2, 1, 4, new KeyCounts(90, 2, 88, 1)),
          new ArmCounts(100, 1, 0, 2, new KeyCounts(30, 1, 30, 1)));

  static final CanaryVerdict VERDICT =
      new CanaryVerdict(
          "taxi",
          3,
          "1".repeat(64),
          "2".repeat(64),
          new CanaryEvidence(
              COUNTS,
              100,
              1,
              300,
              3,
              List.of(0.5, -0.25),
              new KeyEvidence(1, 2, 7, -0.5),
              List.of(COUNTS)),
          1.25,
          false,
          true,
          true,
          NOW);

  static final DeploymentSpecification PLAN =
      new DeploymentSpecification(
          List.of(
              new CanaryStep(5, 100, Duration.ofMinutes(10)),
              new CanaryStep(50, 500, Duration.ofMinutes(30))),
          Duration.ofSeconds(30),
          0.05,
          Duration.ofHours(2),
          HarmUnit.KEY,
          0.005,
          Inconclusive.PROMOTE,
          true);

  private DeploymentExamples() {}

  static ServingManifest manifest(ModelPackage modelPackage) {
    return new ServingManifest(
        "taxi",
        3,
        NOW,
        List.of(
            new ServingArm(ArmRole.STABLE, new Release(modelPackage, "{\"s\":1}"), 75),
            new ServingArm(ArmRole.CANDIDATE, new Release(modelPackage, "{\"c\":1}"), 25),
            new ServingArm(ArmRole.SHADOW, new Release(modelPackage, "{\"w\":1}"), 10)),
        "tips@1 at 25 %");
  }

  static ServingManifest manifestWithALease(ModelPackage modelPackage) {
    return new ServingManifest(
        "taxi",
        3,
        NOW,
        ServingManifest.arms(
            new Release(modelPackage, "{\"s\":1}"),
            new Release(modelPackage, "{\"c\":1}"),
            25,
            NOW.plusSeconds(7_500)),
        "tips@1 at 25 %");
  }
}
