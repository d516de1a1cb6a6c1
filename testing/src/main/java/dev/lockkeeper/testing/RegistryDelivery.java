package dev.lockkeeper.testing;

import dev.lockkeeper.attestation.Material;
import dev.lockkeeper.attestation.Subject;
import dev.lockkeeper.attestation.release.ModelSigning;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Evidence;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.registry.PackageFile;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.stage.StageContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A package of any files, stored and signed by the registry's key. */
final class RegistryDelivery {

  private RegistryDelivery() {}

  static ModelPackage sign(StageContext registry, RunContext run, Map<String, byte[]> files) {
    SortedMap<String, String> digests = new TreeMap<>();
    List<PackageFile> listed = new ArrayList<>();
    new TreeMap<>(files)
        .forEach(
            (name, content) -> {
              ArtifactRef ref = registry.store().put(Zone.MODELS, content, "application/json");
              digests.put(name, ref.sha256());
              listed.add(new PackageFile(name, ref));
            });
    byte[] bundle = ModelSigning.sign(run.runId(), digests, registry.signer().signer());
    ArtifactRef signature = registry.store().put(Zone.MODELS, bundle, ModelSigning.BUNDLE);
    String root = ModelSigning.root(digests.values());
    byte[] statement =
        registry
            .signer()
            .provenance(
                run,
                List.of(new Subject(run.runId(), root)),
                listed.stream()
                    .map(file -> new Material(file.artifact().uri(), file.artifact().sha256()))
                    .toList(),
                Json.mapper().createObjectNode());
    return new ModelPackage(
        run.model(),
        run.version(),
        root,
        listed,
        signature,
        new Evidence(registry.storeStatement(statement), 1, 1));
  }
}
