package dev.lockkeeper.attestation.release;

import dev.lockkeeper.attestation.FileSigner;
import dev.lockkeeper.attestation.Material;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.attestation.StatementSigner;
import dev.lockkeeper.attestation.Subject;
import dev.lockkeeper.attestation.TrustStore;
import dev.lockkeeper.attestation.ssh.SshSignature;
import dev.lockkeeper.attestation.ssh.SshSigner;
import dev.lockkeeper.fixtures.OnnxFile;
import dev.lockkeeper.formats.Digests;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.approval.AcceptedDecision;
import dev.lockkeeper.formats.approval.ApprovalOutcome;
import dev.lockkeeper.formats.approval.DecisionDocument;
import dev.lockkeeper.formats.approval.DecisionDocumentFormat;
import dev.lockkeeper.formats.approval.DecisionKind;
import dev.lockkeeper.formats.approval.DecisionTerms;
import dev.lockkeeper.formats.approval.SignedDecision;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Evidence;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.deployment.Release;
import dev.lockkeeper.formats.registry.CodeVersion;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.registry.ModelRecord;
import dev.lockkeeper.formats.registry.ModelRecordFormat;
import dev.lockkeeper.formats.registry.PackageFile;
import dev.lockkeeper.formats.registry.ServingContract;
import dev.lockkeeper.formats.registry.ServingContractFormat;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.store.ArtifactStore;
import dev.lockkeeper.store.DirectoryArtifactStore;
import dev.lockkeeper.store.ZoneAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A release with every signature real; each part can be made wrong before it is signed. */
final class SignedRelease {

  static final String ENDPOINT = "tips";
  static final byte[] PROGRAM = bytes("{\"program\":1}");
  static final byte[] MODEL = OnnxFile.logistic(0f, 0.1f);
  private static final RunContext RUN =
      new RunContext("tips@1", "run-1", "default", "tips", "1", "ada", "5".repeat(64));

  final TreeMap<String, byte[]> files = new TreeMap<>();
  Role registryKey = Role.REGISTRY;
  Role approvalKey = Role.APPROVAL;
  ApprovalOutcome outcome = ApprovalOutcome.APPROVED;
  String target = ENDPOINT;
  int quorum = 1;
  List<String> gateMaterials = of("holdout", "program");
  @Nullable String approvedGates;

  /** What somebody does to a decision after it was signed. */
  UnaryOperator<String> forgery = document -> document;

  private final Path folder;
  private final StateFolder state;
  private final Map<String, SshSigner> people = new TreeMap<>();

  SignedRelease(Path folder) throws IOException {
    this.folder = folder;
    this.state =
        new StateFolder(folder.resolve("state"))
            .initialise(
                List.of(
                    Role.INGESTION,
                    Role.FEATURES,
                    Role.TRAINING,
                    Role.VALIDATION,
                    Role.APPROVAL,
                    Role.REGISTRY,
                    Role.DEPLOYMENT));
    for (String person : List.of("ada", "bo", "cy")) {
      enrol(person, person);
    }
    files.put("model.onnx", MODEL);
    files.put("features.json", PROGRAM);
    files.put("baseline.json", bytes("baseline"));
    files.put("evaluation.json", bytes("evaluation"));
    files.put("record.json", record("ada"));
    files.put("serving-contract.json", contract(Digests.sha256(PROGRAM), Digests.sha256(MODEL)));
    files.put("dataset.dsse.json", stage(Role.INGESTION, of("rows"), of("raw")));
    files.put(
        "features.dsse.json", stage(Role.FEATURES, of("table", "holdout", "program"), of("rows")));
    files.put("training.dsse.json", stage(Role.TRAINING, of("model"), of("table", "program")));
    files.put("gate.dsse.json", gate(true, "model", "evaluation", "baseline"));
  }

  /** The package's record as of a run that somebody started. */
  static byte[] record(String startedBy) {
    RunContext run =
        new RunContext(
            RUN.runId(),
            RUN.workflowRunId(),
            RUN.namespace(),
            RUN.model(),
            RUN.version(),
            startedBy,
            RUN.specificationDigest());
    return ModelRecordFormat.INSTANCE.write(
        new ModelRecord(
            run,
            "",
            new CodeVersion("0.1.0", null, "17", "Linux"),
            "trips 1",
            Map.of(),
            Map.of(),
            "by-hand",
            1,
            Map.of(),
            Json.mapper().createObjectNode(),
            new ModelRecord.Onnx(8, Map.of("ai.onnx", 17L), Map.of()),
            List.of(),
            List.of()));
  }

  /** Enrols a person, with a key that may be another person's. */
  void enrol(String person, String keyFile) throws IOException {
    Path file = folder.resolve(keyFile);
    String key = Files.exists(file) ? "" : SshSigner.generate(file, keyFile);
    SshSigner signer = SshSigner.load(file);
    people.put(person, signer);
    if (!key.isEmpty()) {
      Files.writeString(
          state.allowedSigners(),
          Files.readString(state.allowedSigners())
              + person
              + " namespaces=\""
              + DecisionDocument.SIGNATURE_NAMESPACE
              + "\" "
              + key
              + "\n");
    }
  }

  void revoke(String person) throws IOException {
    String text = Files.readString(state.allowedSigners());
    Files.writeString(state.allowedSigners(), text.replaceAll("(?m)^" + person + " .*\n", ""));
  }

  ReleaseVerifier verifier() throws IOException {
    return new ReleaseVerifier(store(Role.DEPLOYMENT), TrustStore.load(state.trust()));
  }

  ArtifactStore store(Role role) {
    ZoneAccess access = ZoneAccess.to(Zone.MODELS, Zone.DEPLOYMENTS, Zone.EVIDENCE);
    return new DirectoryArtifactStore(state.store(), access.readable(), access.writable());
  }

  StatementSigner signer(Role role) throws IOException {
    return new StatementSigner(role, FileSigner.load(state.key(role)));
  }

  static byte[] contract(String program, String model) {
    return ServingContractFormat.INSTANCE.write(
        new ServingContract(
            "tips", "1", List.of(), program, "1", List.of("a", "b"), model, 0.5, "tipped"));
  }

  byte[] stage(Role role, List<String> subjects, List<String> materials) throws IOException {
    return stage(role, role, subjects, materials);
  }

  /** A statement that says it is of one role, with the key of another. */
  byte[] stage(Role said, Role key, List<String> subjects, List<String> materials)
      throws IOException {
    return new StatementSigner(said, signer(key).signer())
        .provenance(
            RUN, subjects(subjects), materials(materials), Json.mapper().createObjectNode());
  }

  byte[] gate(boolean passed, String... subjects) throws IOException {
    return signer(Role.VALIDATION)
        .testResult(
            RUN, passed, subjects(of(subjects)), materials(gateMaterials), List.of(), List.of());
  }

  static List<String> of(String... names) {
    return List.of(names);
  }

  ModelPackage pack() throws IOException {
    ArtifactStore registry = store(Role.REGISTRY);
    TreeMap<String, String> digests = new TreeMap<>();
    List<PackageFile> listed = new ArrayList<>();
    files.forEach(
        (name, content) -> {
          ArtifactRef ref = registry.put(Zone.MODELS, content, "x");
          digests.put(name, ref.sha256());
          listed.add(new PackageFile(name, ref));
        });
    byte[] bundle = ModelSigning.sign("tips@1", digests, signer(registryKey).signer());
    ArtifactRef signature = registry.put(Zone.MODELS, bundle, "x");
    return new ModelPackage(
        "tips",
        "1",
        ModelSigning.root(digests.values()),
        listed,
        signature,
        new Evidence(signature, 1, 1));
  }

  Release approvedBy(String... approvers) throws IOException {
    return approved(pack(), approvers);
  }

  Release approved(ModelPackage modelPackage, String... approvers) throws IOException {
    Instant now = Instant.parse("2026-11-01T10:00:00Z");
    DecisionTerms terms =
        new DecisionTerms(
            "promote",
            "default",
            "tips@1",
            "run-1",
            "tips",
            "1",
            target,
            modelPackage.rootDigest(),
            approvedGates == null ? Digests.sha256(files.get("gate.dsse.json")) : approvedGates,
            "policy",
            "nonce",
            now,
            now.plusSeconds(3600));
    List<AcceptedDecision> decisions = new ArrayList<>();
    for (String approver : approvers) {
      decisions.add(decision(terms, approver));
    }
    byte[] envelope =
        ApprovalStatement.sign(signer(approvalKey), outcome, terms, quorum, decisions);
    return new Release(modelPackage, new String(envelope, StandardCharsets.UTF_8));
  }

  private AcceptedDecision decision(DecisionTerms terms, String approver) {
    byte[] document =
        DecisionDocumentFormat.INSTANCE.write(
            new DecisionDocument(terms, DecisionKind.APPROVE, approver, ""));
    String signature = people.get(approver).sign(DecisionDocument.SIGNATURE_NAMESPACE, document);
    return new AcceptedDecision(
        approver,
        SshSignature.parse(signature).fingerprint(),
        DecisionKind.APPROVE,
        "",
        new SignedDecision(
            forgery.apply(new String(document, StandardCharsets.UTF_8)), signature, ""));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String digest(String name) {
    return switch (name) {
      case "model" -> Digests.sha256(MODEL);
      case "program" -> Digests.sha256(PROGRAM);
      default -> Digests.sha256(name);
    };
  }

  private static List<Subject> subjects(List<String> names) {
    return names.stream().map(name -> new Subject(name, digest(name))).toList();
  }

  private static List<Material> materials(List<String> names) {
    return names.stream().map(name -> new Material(name, digest(name))).toList();
  }
}
