package dev.lockkeeper.starter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.attestation.release.RegisteredPackages;
import dev.lockkeeper.formats.FormatException;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.registry.PackageFile;
import dev.lockkeeper.formats.registry.ServingContract;
import dev.lockkeeper.formats.registry.ServingContractFormat;
import dev.lockkeeper.formats.run.RunId;
import dev.lockkeeper.store.ArtifactStore;
import dev.lockkeeper.store.ArtifactStores;
import dev.lockkeeper.store.StoreException;
import dev.lockkeeper.store.ZoneAccess;
import java.util.Optional;

/**
 * A request that an endpoint answers, with the inputs of a version's serving contract. It is for
 * people to start from: where the store, the package or the gateway's address is not at hand, there
 * is none.
 *
 * @param state the folder that names the store, and the gateway of a running {@code dev}
 * @param endpoint the endpoint
 */
record ExampleRequest(StateFolder state, String endpoint) {

  private static final String TIME = "2026-01-05T12:00:00Z";

  /** A command line for {@code curl} as a POSIX shell reads it. */
  Optional<String> curl(RunId version) {
    return gateway()
        .flatMap(
            gateway ->
                contract(version)
                    .map(
                        contract ->
                            "curl -sS "
                                + gateway
                                + "/v2/models/"
                                + endpoint
                                + "/infer -d '"
                                + body(contract).toString().replace("'", "'\\''")
                                + "'"));
  }

  private Optional<String> gateway() {
    String given = System.getenv().getOrDefault("LOCKKEEPER_GATEWAY", "");
    return given.isEmpty()
        ? DevFile.read(state).filter(DevFile::running).map(DevFile::gateway)
        : Optional.of(given);
  }

  private Optional<ServingContract> contract(RunId version) {
    try {
      ArtifactStore store = ArtifactStores.open(state.zones(), ZoneAccess.reading(Zone.MODELS));
      return new RegisteredPackages(store).find(version).map(found -> contract(store, found));
    } catch (CustodyException | StoreException | FormatException unreadable) {
      return Optional.empty();
    }
  }

  private static ServingContract contract(ArtifactStore store, ModelPackage found) {
    PackageFile file =
        found.files().stream()
            .filter(one -> one.name().equals(PackageFile.SERVING_CONTRACT))
            .findFirst()
            .orElseThrow(() -> new CustodyException("the package has no serving contract"));
    return ServingContractFormat.INSTANCE.read(store.read(file.artifact()));
  }

  /** A request of one row. */
  static ObjectNode body(ServingContract contract) {
    ObjectNode request = Json.mapper().createObjectNode();
    ArrayNode inputs = request.putArray("inputs");
    for (ColumnContract column : contract.inputs()) {
      ObjectNode input = inputs.addObject().put("name", column.name());
      input.putArray("shape").add(1);
      value(input, column);
    }
    return request;
  }

  private static void value(ObjectNode input, ColumnContract column) {
    ArrayNode data = input.arrayNode();
    switch (column.type()) {
      case NUMBER -> input.put("datatype", "FP64").set("data", data.add(within(column)));
      case INTEGER ->
          input.put("datatype", "INT64").set("data", data.add(Math.round(within(column))));
      case BOOLEAN -> input.put("datatype", "BOOL").set("data", data.add(true));
      case STRING -> input.put("datatype", "BYTES").set("data", data.add(text(column)));
      case TIMESTAMP -> input.put("datatype", "BYTES").set("data", data.add(TIME));
    }
  }

  private static String text(ColumnContract column) {
    return column.allowedValues().isEmpty() ? "example" : column.allowedValues().get(0);
  }

  /** The middle of the allowed numbers, or what is nearest to one. */
  private static double within(ColumnContract column) {
    Double low = column.minimum();
    Double high = column.maximum();
    if (low != null && high != null) {
      return Math.rint((low + high) / 2) >= low ? Math.rint((low + high) / 2) : (low + high) / 2;
    }
    return low != null ? Math.max(low, 1) : high != null ? Math.min(high, 1) : 1;
  }
}
