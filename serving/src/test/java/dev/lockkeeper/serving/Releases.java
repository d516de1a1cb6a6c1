package dev.lockkeeper.serving;

import dev.lockkeeper.contracts.approval.AcceptedDecision;
import dev.lockkeeper.contracts.approval.Approval;
import dev.lockkeeper.contracts.approval.ApprovalOutcome;
import dev.lockkeeper.contracts.approval.DecisionDocument;
import dev.lockkeeper.contracts.approval.DecisionKind;
import dev.lockkeeper.contracts.approval.DecisionTerms;
import dev.lockkeeper.contracts.approval.SignedDecision;
import dev.lockkeeper.contracts.artifact.ArtifactRef;
import dev.lockkeeper.contracts.artifact.Evidence;
import dev.lockkeeper.contracts.artifact.Zone;
import dev.lockkeeper.contracts.deployment.Release;
import dev.lockkeeper.contracts.deployment.ServingManifest;
import dev.lockkeeper.contracts.features.FeatureSetSpecification;
import dev.lockkeeper.contracts.features.FeatureSpecification;
import dev.lockkeeper.contracts.features.LabelSpecification;
import dev.lockkeeper.contracts.ingestion.ColumnContract;
import dev.lockkeeper.contracts.ingestion.ColumnType;
import dev.lockkeeper.contracts.registry.ModelPackage;
import dev.lockkeeper.contracts.registry.PackageFile;
import dev.lockkeeper.contracts.registry.ServingContract;
import dev.lockkeeper.contracts.run.Role;
import dev.lockkeeper.contracts.run.RunContext;
import dev.lockkeeper.custody.Desk;
import dev.lockkeeper.custody.Digests;
import dev.lockkeeper.custody.Json;
import dev.lockkeeper.custody.Material;
import dev.lockkeeper.custody.StateFolder;
import dev.lockkeeper.custody.Subject;
import dev.lockkeeper.custody.release.ApprovalStatement;
import dev.lockkeeper.custody.release.ModelSigning;
import dev.lockkeeper.custody.release.SignedManifest;
import dev.lockkeeper.custody.ssh.SshSignature;
import dev.lockkeeper.custody.ssh.SshSigner;
import dev.lockkeeper.features.FeatureCompiler;
import dev.lockkeeper.features.FeatureProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A state folder with releases whose every signature is real, and manifests that name them. */
final class Releases {

  static final String ENDPOINT = "tips";
  private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
  private static final List<String> FEATURES = List.of("distance", "rate");

  private final StateFolder state;
  private final SshSigner approver;
  private long sequence;

  Releases(Path folder) throws IOException {
    state = new StateFolder(folder.resolve("state")).initialise();
    String key = SshSigner.generate(folder.resolve("bo"), "bo");
    Files.writeString(
        state.allowedSigners(),
        "bo namespaces=\"" + DecisionDocument.SIGNATURE_NAMESPACE + "\" " + key + "\n",
        StandardOpenOption.APPEND);
    approver = SshSigner.load(folder.resolve("bo"));
  }

  StateFolder state() {
    return state;
  }

  Desk desk(Role role) throws IOException {
    return Desk.open(state, role);
  }

  /** A release that reads miles and fare, and a column of its own if one is named. */
  Release release(String version, byte[] model, String... ownColumns) throws IOException {
    List<ColumnContract> columns =
        new ArrayList<>(List.of(column("miles", true), column("fare", false)));
    String distance = "miles";
    for (String own : ownColumns) {
      columns.add(column(own, true));
      distance += " + 0 * " + own;
    }
    FeatureProgram program =
        FeatureCompiler.compile(
            new FeatureSetSpecification(
                "1",
                null,
                List.of(
                    new FeatureSpecification("distance", distance),
                    new FeatureSpecification("rate", "fare / miles")),
                new LabelSpecification("tipped", "fare > 0.0")),
            columns);
    return approved(version, pack(version, model, program, columns));
  }

  private ModelPackage pack(
      String version, byte[] model, FeatureProgram program, List<ColumnContract> columns)
      throws IOException {
    String digest = Digests.sha256(model);
    String features = Digests.sha256(program.json());
    RunContext run =
        new RunContext(
            "tips@" + version, "run-1", "default", "tips", version, "ada", "5".repeat(64));
    TreeMap<String, byte[]> files = new TreeMap<>();
    files.put("model.onnx", model);
    files.put("features.json", program.json());
    files.put("baseline.json", bytes("baseline"));
    files.put("evaluation.json", bytes("evaluation"));
    files.put("record.json", bytes("{\"startedBy\":\"ada\"}"));
    files.put(
        "serving-contract.json",
        Json.canonicalBytes(
            new ServingContract(
                "tips", version, columns, features, "1", FEATURES, digest, 0.5, "tipped")));
    files.put(
        "dataset.dsse.json", stage(Role.INGESTION, run, List.of(of("rows")), List.of(of("raw"))));
    files.put(
        "features.dsse.json",
        stage(
            Role.FEATURES,
            run,
            List.of(of("table"), of("holdout"), new Subject("program", features)),
            List.of(of("rows"))));
    files.put(
        "training.dsse.json",
        stage(
            Role.TRAINING,
            run,
            List.of(new Subject("model", digest)),
            List.of(of("table"), new Subject("program", features))));
    files.put("gate.dsse.json", gate(digest, features));
    return signed(version, files);
  }

  private ModelPackage signed(String version, Map<String, byte[]> files) throws IOException {
    Desk registry = desk(Role.REGISTRY);
    TreeMap<String, String> digests = new TreeMap<>();
    List<PackageFile> listed = new ArrayList<>();
    files.forEach(
        (name, content) -> {
          ArtifactRef ref = registry.store().put(Zone.MODELS, content, "application/json");
          digests.put(name, ref.sha256());
          listed.add(new PackageFile(name, ref));
        });
    byte[] bundle = ModelSigning.sign("tips@" + version, digests, registry.signer().signer());
    ArtifactRef signature = registry.store().put(Zone.MODELS, bundle, "application/json");
    return new ModelPackage(
        "tips",
        version,
        ModelSigning.root(digests.values()),
        listed,
        signature,
        new Evidence(signature, 1, 1));
  }

  private Release approved(String version, ModelPackage modelPackage) throws IOException {
    String gate =
        modelPackage.files().stream()
            .filter(file -> file.name().equals("gate.dsse.json"))
            .findFirst()
            .orElseThrow()
            .artifact()
            .sha256();
    DecisionTerms terms =
        new DecisionTerms(
            "promote",
            "default",
            "tips@" + version,
            "run-1",
            "tips",
            version,
            ENDPOINT,
            modelPackage.rootDigest(),
            gate,
            "policy",
            "nonce",
            NOW,
            NOW.plusSeconds(3600));
    byte[] document =
        Json.canonicalBytes(new DecisionDocument(terms, DecisionKind.APPROVE, "bo", ""));
    String signature = approver.sign(DecisionDocument.SIGNATURE_NAMESPACE, document);
    AcceptedDecision decision =
        new AcceptedDecision(
            "bo",
            SshSignature.parse(signature).fingerprint(),
            DecisionKind.APPROVE,
            "",
            new SignedDecision(new String(document, StandardCharsets.UTF_8), signature, ""));
    byte[] envelope =
        ApprovalStatement.sign(
            desk(Role.APPROVAL).signer(), ApprovalOutcome.APPROVED, terms, 1, List.of(decision));
    Evidence evidence = new Evidence(desk(Role.APPROVAL).file(envelope), 1, 1);
    Approval approval =
        new Approval(ApprovalOutcome.APPROVED, terms, 1, List.of(decision), evidence);
    return new Release(modelPackage, approval, new String(envelope, StandardCharsets.UTF_8));
  }

  /** Files the next manifest, signed by the deployment role; answers its sequence. */
  long file(@Nullable Release stable, @Nullable Release candidate, int percent) throws IOException {
    return file(Role.DEPLOYMENT, stable, candidate, percent);
  }

  long file(Role signer, @Nullable Release stable, @Nullable Release candidate, int percent)
      throws IOException {
    sequence++;
    ServingManifest manifest =
        new ServingManifest(ENDPOINT, sequence, NOW, stable, candidate, percent, "test");
    desk(Role.DEPLOYMENT)
        .store()
        .putNamed(
            Zone.DEPLOYMENTS,
            SignedManifest.name(ENDPOINT, sequence),
            SignedManifest.sign(manifest, desk(signer).signer().signer()));
    return sequence;
  }

  private byte[] stage(Role role, RunContext run, List<Subject> subjects, List<Subject> materials)
      throws IOException {
    return desk(role)
        .signer()
        .provenance(
            run,
            subjects,
            materials.stream().map(m -> new Material(m.name(), m.sha256())).toList(),
            Json.mapper().createObjectNode());
  }

  private byte[] gate(String model, String features) throws IOException {
    return desk(Role.VALIDATION)
        .signer()
        .testResult(
            true,
            List.of(new Subject("model", model), of("evaluation"), of("baseline")),
            List.of(
                new Material("holdout", Digests.sha256("holdout")),
                new Material("program", features)),
            List.of(),
            List.of());
  }

  private static Subject of(String name) {
    return new Subject(name, Digests.sha256(name));
  }

  private static ColumnContract column(String name, boolean required) {
    return new ColumnContract(
        name, ColumnType.NUMBER, required, false, null, null, List.of(), null, null);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
