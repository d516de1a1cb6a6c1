package dev.lockkeeper.activities.validation;

import dev.lockkeeper.attestation.Material;
import dev.lockkeeper.attestation.Subject;
import dev.lockkeeper.contracts.validation.ValidateModelInput;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.monitoring.MonitoringBaseline;
import dev.lockkeeper.formats.monitoring.MonitoringBaselineFormat;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.registry.PackageFile;
import dev.lockkeeper.formats.validation.Evaluation;
import dev.lockkeeper.formats.validation.GateResult;
import dev.lockkeeper.stage.StageAttempt;
import dev.lockkeeper.stage.StageContext;
import java.util.ArrayList;
import java.util.List;

/** Stores an evaluation's documents and signs the gate statement over them. */
record EvaluationDelivery(StageContext context, ValidateModelInput input) {

  private static final String JSON = "application/json";
  private static final String HTML = "text/html; charset=utf-8";

  Evaluation deliver(EvaluationReport report, MonitoringBaseline baseline, StageAttempt attempt) {
    ArtifactRef reportRef =
        context.store().put(Zone.EVIDENCE, EvaluationReportFormat.INSTANCE.write(report), JSON);
    ArtifactRef page = page(EvaluationPage.render(report));
    ArtifactRef baselineRef =
        context.store().put(Zone.EVIDENCE, MonitoringBaselineFormat.INSTANCE.write(baseline), JSON);
    byte[] envelope =
        context
            .signer()
            .testResult(
                input.run(),
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
        report.findings(),
        report.changes(),
        reportRef,
        page,
        baselineRef,
        attempt.evidence(envelope));
  }

  /** Filed by its digest, and under a name that a browser opens as a page. */
  private ArtifactRef page(byte[] html) {
    ArtifactRef page = context.store().put(Zone.REPORTS, html, HTML);
    context.store().putNamed(Zone.REPORTS, page.sha256() + ".html", html);
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
