package dev.lockkeeper.attestation.release;

import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.Material;
import dev.lockkeeper.attestation.StatementVerifier;
import dev.lockkeeper.attestation.Subject;
import dev.lockkeeper.attestation.TrustStore;
import dev.lockkeeper.attestation.VerifiedStatement;
import dev.lockkeeper.attestation.ssh.AllowedSigners;
import dev.lockkeeper.formats.Digests;
import dev.lockkeeper.formats.FormatException;
import dev.lockkeeper.formats.approval.AcceptedDecision;
import dev.lockkeeper.formats.approval.ApprovalOutcome;
import dev.lockkeeper.formats.approval.ClosedReview;
import dev.lockkeeper.formats.approval.DecisionKind;
import dev.lockkeeper.formats.approval.DecisionTerms;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.deployment.DeploymentPlanFormat;
import dev.lockkeeper.formats.deployment.DeploymentSpecification;
import dev.lockkeeper.formats.deployment.Release;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.registry.ModelRecordFormat;
import dev.lockkeeper.formats.registry.PackageFile;
import dev.lockkeeper.formats.registry.ServingContract;
import dev.lockkeeper.formats.registry.ServingContractFormat;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.models.InspectedModel;
import dev.lockkeeper.models.ModelFileInspector;
import dev.lockkeeper.models.ModelRefusedException;
import dev.lockkeeper.store.ArtifactStore;
import dev.lockkeeper.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the whole chain of custody of a package, and of a release of it. The deployer, the
 * gateway and the command line all ask here; each does so on its own store and its own trust.
 *
 * @param store the models zone
 * @param trust whose keys are trusted
 */
public record ReleaseVerifier(ArtifactStore store, TrustStore trust) {

  /**
   * Verifies a package: its signature, every file, every stage's statement and how they hang
   * together.
   *
   * @throws CustodyException with the failing check
   */
  public VerifiedPackage verify(ModelPackage modelPackage) {
    List<String> checks = new ArrayList<>();
    Map<String, byte[]> files = files(modelPackage, checks);
    byte[] model = file(files, PackageFile.MODEL);
    byte[] program = file(files, PackageFile.FEATURE_PROGRAM);
    ServingContract contract = contract(file(files, PackageFile.SERVING_CONTRACT));
    requireContract(modelPackage, contract, Digests.sha256(model), Digests.sha256(program));
    checks.add(
        "the serving contract pins model "
            + contract.modelDigest()
            + " on features "
            + contract.featureProgram());
    InspectedModel inspected = inspect(model, contract.featureNames().size());
    checks.add(
        "the model file contains no file reference, no control flow and no operator beyond those"
            + " served");
    requireStatements(modelPackage, files, Digests.sha256(model), Digests.sha256(program), checks);
    String startedBy = startedBy(file(files, PackageFile.RECORD));
    return new VerifiedPackage(
        modelPackage,
        contract,
        deploymentPlan(files),
        startedBy,
        inspected,
        program,
        gateStatement(modelPackage, files),
        trust,
        checks);
  }

  /**
   * Verifies a release: its package, and that enough of the right people approved exactly that
   * package for the endpoint.
   *
   * @throws CustodyException with the failing check
   */
  public VerifiedRelease verify(Release release, String endpoint) {
    return verify(release, endpoint, null);
  }

  /**
   * As above, where the package may have been verified for another endpoint.
   *
   * @param known taken as the package's verification if it is of the same package under an equal
   *     trust; else the package is verified anew
   * @throws CustodyException with the failing check
   */
  public VerifiedRelease verify(Release release, String endpoint, @Nullable VerifiedPackage known) {
    VerifiedPackage verified =
        known != null && known.covers(release.modelPackage(), trust)
            ? known
            : verify(release.modelPackage());
    List<String> checks = new ArrayList<>(verified.checks());
    ClosedReview approval =
        approved(verified, release.approvalEnvelope(), endpoint, DecisionTerms.PROMOTE, checks);
    require(
        approval.terms().evidenceDigest().equals(verified.gateStatement()),
        "the approval is for other gate results");
    return new VerifiedRelease(release, endpoint, trust, verified, checks);
  }

  /**
   * Verifies that enough of the right people consented to the promotion of a package that is not
   * shown to stay inside the margin.
   *
   * @param consent the signed statement of the approval role, a DSSE envelope as JSON text
   * @return what they decided
   * @throws CustodyException with the failing check
   */
  public ClosedReview verifyConsent(VerifiedRelease release, String consent) {
    return approved(
        release.verifiedPackage(),
        consent,
        release.endpoint(),
        DecisionTerms.PROMOTE_UNSHOWN,
        new ArrayList<>());
  }

  private ClosedReview approved(
      VerifiedPackage verified,
      String statement,
      String endpoint,
      String action,
      List<String> checks) {
    byte[] envelope = statement.getBytes(StandardCharsets.UTF_8);
    String root = verified.modelPackage().rootDigest();
    ClosedReview approval = ApprovalStatement.open(envelope, root, new StatementVerifier(trust));
    DecisionTerms terms = approval.terms();
    require(
        approval.outcome() == ApprovalOutcome.APPROVED,
        "it was not approved: " + approval.outcome());
    require(
        terms.action().equals(action),
        "the approval is to " + terms.action() + ", and to " + action + " was asked for");
    require(
        terms.packageRoot().equals(root),
        "the approval is for another package: " + terms.packageRoot());
    require(
        terms.target().equals(endpoint), "the approval is for endpoint '" + terms.target() + "'");
    requireDecisions(approval, verified.startedBy(), checks);
    return approval;
  }

  private Map<String, byte[]> files(ModelPackage modelPackage, List<String> checks) {
    SignedPackage signed = SignedPackage.verify(modelPackage, store, trust);
    Map<String, byte[]> files = new TreeMap<>();
    signed.artifacts().forEach((name, artifact) -> files.put(name, read(name, artifact)));
    checks.add(
        "package "
            + signed.name()
            + " is signed by the registry, root "
            + modelPackage.rootDigest());
    checks.add("all " + files.size() + " files have their signed digests");
    return files;
  }

  private byte[] read(String file, ArtifactRef ref) {
    try {
      return store.read(ref);
    } catch (StoreException e) {
      throw new StoreException(e.kind(), "the package's file '" + file + "': " + e.getMessage(), e);
    }
  }

  private static InspectedModel inspect(byte[] model, int features) {
    try {
      InspectedModel inspected = ModelFileInspector.inspect(model);
      inspected.requireShape(features);
      return inspected;
    } catch (ModelRefusedException e) {
      throw new CustodyException(String.valueOf(e.getMessage()), e);
    }
  }

  private static ServingContract contract(byte[] json) {
    try {
      return ServingContractFormat.INSTANCE.read(json);
    } catch (FormatException e) {
      throw new CustodyException(String.valueOf(e.getMessage()), e);
    }
  }

  private static @Nullable DeploymentSpecification deploymentPlan(Map<String, byte[]> files) {
    byte[] plan = files.get(PackageFile.DEPLOYMENT_PLAN);
    try {
      return plan == null ? null : DeploymentPlanFormat.INSTANCE.read(plan);
    } catch (FormatException e) {
      throw new CustodyException(String.valueOf(e.getMessage()), e);
    }
  }

  private static void requireContract(
      ModelPackage modelPackage, ServingContract contract, String model, String program) {
    require(
        contract.model().equals(modelPackage.model())
            && contract.version().equals(modelPackage.version()),
        "the serving contract is of " + contract.model() + "@" + contract.version());
    require(contract.modelDigest().equals(model), "the serving contract pins another model file");
    require(
        contract.featureProgram().equals(program),
        "the serving contract pins another feature program");
  }

  private void requireStatements(
      ModelPackage modelPackage,
      Map<String, byte[]> files,
      String model,
      String program,
      List<String> checks) {
    VerifiedStatement dataset = statement(modelPackage, files, Role.INGESTION);
    VerifiedStatement features = statement(modelPackage, files, Role.FEATURES);
    VerifiedStatement training = statement(modelPackage, files, Role.TRAINING);
    VerifiedStatement gate = statement(modelPackage, files, Role.VALIDATION);
    requireLink(dataset, features, "data set", "");
    features.requireSubject(program, "feature program");
    requireLink(features, training, "feature table", program);
    training.requireMaterial(program, "feature program");
    training.requireSubject(model, "model file");
    requireLink(features, gate, "hold-out", program);
    gate.requireMaterial(program, "feature program");
    gate.requireSubject(model, "model file");
    gate.requireSubject(Digests.sha256(file(files, PackageFile.EVALUATION)), "evaluation");
    gate.requireSubject(Digests.sha256(file(files, PackageFile.BASELINE)), "baseline");
    require(gate.passed(), "the gates did not let the model pass");
    checks.add("the dataset, feature, training and gate statements are signed by their own stages");
    checks.add(
        "each stage took in what the one before produced, and the gates let model "
            + model
            + " pass");
  }

  private static String gateStatement(ModelPackage modelPackage, Map<String, byte[]> files) {
    return Digests.sha256(file(files, modelPackage.statementOf(Role.VALIDATION).orElseThrow()));
  }

  private VerifiedStatement statement(
      ModelPackage modelPackage, Map<String, byte[]> files, Role stage) {
    String file =
        modelPackage
            .statementOf(stage)
            .orElseThrow(
                () -> new CustodyException("the package lists no " + stage.label() + " statement"));
    return new StatementVerifier(trust).verify(file(files, file), stage);
  }

  private static void requireLink(
      VerifiedStatement from, VerifiedStatement to, String what, String otherThan) {
    var produced = from.subjects().stream().map(Subject::sha256).collect(Collectors.toSet());
    produced.remove(otherThan);
    require(
        to.materials().stream().map(Material::sha256).anyMatch(produced::contains),
        "the "
            + to.role().label()
            + " statement took in no "
            + what
            + " of the "
            + from.role().label()
            + " statement");
  }

  private void requireDecisions(ClosedReview approval, String startedBy, List<String> checks) {
    DecisionVerifier verifier = new DecisionVerifier(AllowedSigners.parse(trust.allowedSigners()));
    List<AcceptedDecision> approvals = new ArrayList<>();
    for (AcceptedDecision decision : approval.decisions()) {
      AcceptedDecision verified =
          verifier.verify(
              decision.signed(), approval.terms(), startedBy, approval.terms().notBefore());
      require(verified.equals(decision), "a decision differs from what was signed");
      require(
          decision.decision() == DecisionKind.APPROVE, "'" + decision.approver() + "' rejected it");
      DecisionVerifier.requireDistinct(approvals, verified);
      approvals.add(verified);
    }
    require(
        approval.quorum() >= 1 && approvals.size() >= approval.quorum(),
        approvals.size() + " approved, " + Math.max(1, approval.quorum()) + " must");
    checks.add(
        "approved for endpoint '"
            + approval.terms().target()
            + "' by "
            + approvals.stream().map(AcceptedDecision::approver).collect(Collectors.joining(", "))
            + " ("
            + approval.quorum()
            + " needed), not by "
            + startedBy
            + " who started the run");
  }

  private static String startedBy(byte[] record) {
    try {
      return ModelRecordFormat.INSTANCE.read(record).run().startedBy();
    } catch (FormatException e) {
      throw new CustodyException(String.valueOf(e.getMessage()), e);
    }
  }

  private static byte[] file(Map<String, byte[]> files, String name) {
    byte[] content = files.get(name);
    if (content == null) {
      throw new CustodyException("the package has no file '" + name + "'");
    }
    return content;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new CustodyException(otherwise);
    }
  }
}
