package dev.lockkeeper.validation;

import dev.lockkeeper.contracts.artifact.ArtifactRef;
import dev.lockkeeper.contracts.artifact.Zone;
import dev.lockkeeper.contracts.monitoring.MonitoringBaseline;
import dev.lockkeeper.contracts.registry.ModelPackage;
import dev.lockkeeper.contracts.registry.PackageFile;
import dev.lockkeeper.contracts.validation.Evaluation;
import dev.lockkeeper.contracts.validation.GateResult;
import dev.lockkeeper.contracts.validation.ValidateModelInput;
import dev.lockkeeper.custody.Desk;
import dev.lockkeeper.custody.Json;
import dev.lockkeeper.custody.Material;
import dev.lockkeeper.custody.Subject;
import dev.lockkeeper.stage.StageAttempt;
import java.util.ArrayList;
import java.util.List;

/** Stores an evaluation's documents and signs the gate statement over them. */
record EvaluationDelivery(Desk desk, ValidateModelInput input) {

  private static final String JSON = "application/json";
  private static final String HTML = "text/html; charset=utf-8";

  Evaluation deliver(EvaluationReport report, MonitoringBaseline baseline, StageAttempt attempt) {
    ArtifactRef reportRef = desk.store().put(Zone.EVIDENCE, Json.canonicalBytes(report), JSON);
    ArtifactRef page = page(EvaluationPage.render(report));
    ArtifactRef baselineRef = desk.store().put(Zone.EVIDENCE, Json.canonicalBytes(baseline), JSON);
    byte[] envelope =
        desk.signer()
            .testResult(
                report.passed(),
                List.of(
                    new Subject(PackageFile.MODEL, input.model().model().sha256()),
                    new Subject(PackageFile.EVALUATION, reportRef.sha256()),
                    new Subject(PackageFile.BASELINE, baselineRef.sha256()),
                    new Subject("evaluation.html", page.sha256())),
                materials(),
                names(report.gates(), false),
                names(report.gates(), true));
    return new Evaluation(
        report.passed(),
        report.gates(),
        report.metrics(),
        reportRef,
        page,
        baselineRef,
        attempt.evidence(envelope));
  }

  /** Filed by its digest, and under a name that a browser opens as a page. */
  private ArtifactRef page(byte[] html) {
    ArtifactRef page = desk.store().put(Zone.REPORTS, html, HTML);
    desk.store().putNamed(Zone.REPORTS, page.sha256() + ".html", html);
    return page;
  }

  private List<Material> materials() {
    List<Material> materials = new ArrayList<>();
    ArtifactRef holdout = input.features().holdout();
    ArtifactRef program = input.features().program();
    materials.add(new Material(holdout.uri(), holdout.sha256()));
    materials.add(new Material(program.uri(), program.sha256()));
    ModelPackage stable = input.stable();
    if (stable != null) {
      materials.add(
          new Material(
              "lockkeeper://models/" + stable.model() + "@" + stable.version(),
              stable.rootDigest()));
    }
    return materials;
  }

  private static List<String> names(List<GateResult> gates, boolean blocking) {
    return gates.stream()
        .filter(gate -> gate.blocking() == blocking)
        .map(GateResult::gate)
        .toList();
  }
}
