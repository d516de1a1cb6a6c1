package dev.lockkeeper.serving;

import dev.lockkeeper.attestation.FileSigner;
import dev.lockkeeper.attestation.Material;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.attestation.StatementSigner;
import dev.lockkeeper.attestation.Subject;
import dev.lockkeeper.attestation.release.ApprovalStatement;
import dev.lockkeeper.attestation.release.ModelSigning;
import dev.lockkeeper.attestation.release.SignedManifest;
import dev.lockkeeper.attestation.ssh.SshSignature;
import dev.lockkeeper.attestation.ssh.SshSigner;
import dev.lockkeeper.features.FeatureCompiler;
import dev.lockkeeper.features.FeatureProgram;
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
import dev.lockkeeper.formats.deployment.ServingManifest;
import dev.lockkeeper.formats.features.FeatureSetSpecification;
import dev.lockkeeper.formats.features.FeatureSpecification;
import dev.lockkeeper.formats.features.LabelSpecification;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.ColumnType;
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
    state =
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

  ArtifactStore store(Role role) {
    ZoneAccess access = ZoneAccess.to(Zone.MODELS, Zone.DEPLOYMENTS, Zone.EVIDENCE);
    return new DirectoryArtifactStore(state.store(), access.readable(), access.writable());
  }

  StatementSigner signer(Role role) throws IOException {
    return new StatementSigner(role, FileSigner.load(state.key(role)));
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

  private static byte[] record(RunContext run) {
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
    files.put("record.json", record(run));
    files.put(
        "serving-contract.json",
        ServingContractFormat.INSTANCE.write(
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
    ArtifactStore registry = store(Role.REGISTRY);
    TreeMap<String, String> digests = new TreeMap<>();
    List<PackageFile> listed = new ArrayList<>();
    files.forEach(
        (name, content) -> {
          ArtifactRef ref = registry.put(Zone.MODELS, content, "application/json");
          digests.put(name, ref.sha256());
          listed.add(new PackageFile(name, ref));
        });
    byte[] bundle = ModelSigning.sign("tips@" + version, digests, signer(Role.REGISTRY).signer());
    ArtifactRef signature = registry.put(Zone.MODELS, bundle, "application/json");
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
        DecisionDocumentFormat.INSTANCE.write(
            new DecisionDocument(terms, DecisionKind.APPROVE, "bo", ""));
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
            signer(Role.APPROVAL), ApprovalOutcome.APPROVED, terms, 1, List.of(decision));
    return new Release(modelPackage, new String(envelope, StandardCharsets.UTF_8));
  }

  /** Files the next manifest, signed by the deployment role; answers its sequence. */
  long file(@Nullable Release stable, @Nullable Release candidate, int percent) throws IOException {
    return file(Role.DEPLOYMENT, stable, candidate, percent);
  }

  long file(Role signer, @Nullable Release stable, @Nullable Release candidate, int percent)
      throws IOException {
    sequence++;
    ServingManifest manifest =
        new ServingManifest(
            ENDPOINT, sequence, NOW, ServingManifest.arms(stable, candidate, percent), "test");
    store(Role.DEPLOYMENT)
        .putNamed(
            Zone.DEPLOYMENTS,
            SignedManifest.name(ENDPOINT, sequence),
            SignedManifest.sign(manifest, signer(signer).signer()));
    return sequence;
  }

  private byte[] stage(Role role, RunContext run, List<Subject> subjects, List<Subject> materials)
      throws IOException {
    return signer(role)
        .provenance(
            run,
            subjects,
            materials.stream().map(m -> new Material(m.name(), m.sha256())).toList(),
            Json.mapper().createObjectNode());
  }

  private byte[] gate(String model, String features) throws IOException {
    return signer(Role.VALIDATION)
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
