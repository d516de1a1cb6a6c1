package dev.lockkeeper.specification;

import dev.lockkeeper.formats.Digests;
import dev.lockkeeper.formats.InvalidSpecificationException;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.ColumnType;
import dev.lockkeeper.formats.ingestion.DataContract;
import dev.lockkeeper.formats.ingestion.QualityRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a data contract in the Open Data Contract Standard v3.1. Every key of the standard is
 * either enforced, or describes and is accepted, or is refused ({@code docs/pipelines.md} lists
 * which); no rule is left out in silence.
 */
final class OpenDataContract {

  private static final String[] TOP = {
    "apiVersion",
    "kind",
    "id",
    "version",
    "status",
    "name",
    "tenant",
    "domain",
    "dataProduct",
    "description",
    "servers",
    "authoritativeDefinitions",
    "schema",
    "support",
    "price",
    "team",
    "roles",
    "slaProperties",
    "slaDefaultElement",
    "tags",
    "customProperties",
    "contractCreatedTs"
  };

  private static final String[] OBJECT = {
    "id",
    "name",
    "logicalType",
    "physicalName",
    "physicalType",
    "businessName",
    "description",
    "dataGranularityDescription",
    "authoritativeDefinitions",
    "tags",
    "customProperties",
    "relationships",
    "properties",
    "quality"
  };

  private static final String[] PROPERTY = {
    "id",
    "name",
    "logicalType",
    "logicalTypeOptions",
    "physicalName",
    "physicalType",
    "required",
    "unique",
    "primaryKey",
    "primaryKeyPosition",
    "quality",
    "businessName",
    "description",
    "classification",
    "criticalDataElement",
    "encryptedName",
    "examples",
    "partitioned",
    "partitionKeyPosition",
    "relationships",
    "tags",
    "authoritativeDefinitions",
    "customProperties",
    "transformDescription",
    "transformLogic",
    "transformSourceObjects"
  };

  private final Path file;
  private final List<ColumnContract> columns = new ArrayList<>();
  private final List<QualityRule> rules = new ArrayList<>();
  private final List<String> primaryKey = new ArrayList<>();
  private final List<String> marked = new ArrayList<>();
  private final Map<String, Place> places = new HashMap<>();

  private OpenDataContract(Path file) {
    this.file = file;
  }

  /**
   * Reads a contract.
   *
   * @param problems takes every problem, with file and line
   * @throws PipelineException if the file is not YAML
   */
  static ReadContract read(Path file, List<String> problems) {
    Problems own = new Problems(file);
    Section top = own.read().only(TOP);
    requireKind(top);
    OpenDataContract contract = new OpenDataContract(file);
    String table = contract.table(top);
    problems.addAll(own.found());
    return new ReadContract(
        List.copyOf(contract.columns),
        own.found().isEmpty() ? contract.valid(top, table, problems) : Optional.empty(),
        contract.places,
        List.copyOf(contract.marked));
  }

  /** The contract holds what it must of itself; what no check with a line found is noted here. */
  private Optional<DataContract> valid(Section top, String table, List<String> problems) {
    try {
      return Optional.of(
          new DataContract(
              top.text("id"), top.text("version"), table, digest(file), columns, rules));
    } catch (InvalidSpecificationException e) {
      problems.add(file + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private static void requireKind(Section top) {
    if (!top.text("kind").equals("DataContract")) {
      top.problem("kind", "expected DataContract");
    }
    if (!top.text("apiVersion").matches("v3\\.[01]\\.\\d+")) {
      top.problem("apiVersion", "expected v3.1.0 (Open Data Contract Standard)");
    }
    top.text("id");
    top.text("version");
  }

  private String table(Section top) {
    List<Section> objects = top.sections("schema");
    if (objects.size() != 1) {
      top.problem(
          "schema",
          "expected exactly one object (table), found "
              + objects.size()
              + ": a pipeline reads one file");
      return "";
    }
    Section object = objects.get(0).only(OBJECT);
    for (Section property : object.sections("properties")) {
      column(property.only(PROPERTY));
    }
    if (columns.isEmpty()) {
      object.problem("properties", "expected at least one column");
    }
    keyTogether();
    for (Section rule : object.sections("quality")) {
      QualityRules.read(rule, null, this::known).ifPresent(read -> add(read, rule));
    }
    return object.text("name");
  }

  private void add(QualityRule rule, Section section) {
    rules.add(rule);
    places.putIfAbsent("contract.rules." + rule.name(), place(section));
  }

  private Place place(Section section) {
    return new Place(file, section.lineOf("name"));
  }

  private boolean known(String column) {
    return columns.stream().anyMatch(c -> c.name().equals(column));
  }

  private void column(Section property) {
    String name = property.text("name");
    requireOwnName(property, name);
    places.putIfAbsent("contract.columns." + name, place(property));
    if (!name.equals(property.text("physicalName", name))) {
      property.problem(
          "physicalName",
          "columns are found in the file by name: expected '"
              + name
              + "', or name set to the file's '"
              + property.text("physicalName", name)
              + "'");
    }
    boolean key = property.bool("primaryKey", false);
    if (key) {
      primaryKey.add(name);
    }
    if ("protected".equalsIgnoreCase(property.text("classification", ""))) {
      marked.add(name);
    }
    ColumnType type = type(property);
    List<String> allowed = List.of();
    for (Section rule : property.sections("quality")) {
      List<String> only = QualityRules.onlyValues(rule);
      if (only.isEmpty()) {
        QualityRules.read(rule, name, this::known).ifPresent(read -> add(read, rule));
      } else {
        allowed = only;
      }
    }
    LogicalTypeOptions options = LogicalTypeOptions.read(property, type);
    columns.add(
        new ColumnContract(
            name,
            type,
            property.bool("required", false) || key,
            property.bool("unique", false),
            options.minimum(),
            options.maximum(),
            allowed,
            options.pattern(),
            options.limits()));
  }

  private void requireOwnName(Section property, String name) {
    if (name.isBlank() && property.has("name")) {
      property.problem("name", "expected the column's name in the file");
    }
    columns.stream()
        .map(ColumnContract::name)
        .filter(name::equalsIgnoreCase)
        .findFirst()
        .ifPresent(
            other ->
                property.problem(
                    "name",
                    "there is another column '"
                        + other
                        + (other.equals(name)
                            ? "'"
                            : "': upper and lower case do not tell columns apart")));
  }

  /** One key column is unique by itself; several are unique together. */
  private void keyTogether() {
    if (primaryKey.size() == 1) {
      columns.replaceAll(
          c ->
              c.name().equals(primaryKey.get(0))
                  ? new ColumnContract(
                      c.name(),
                      c.type(),
                      c.required(),
                      true,
                      c.minimum(),
                      c.maximum(),
                      c.allowedValues(),
                      c.pattern(),
                      c.limits())
                  : c);
    } else if (primaryKey.size() > 1) {
      rules.add(QualityRules.uniqueTogether("primaryKey", primaryKey));
    }
  }

  private static ColumnType type(Section property) {
    String type = property.text("logicalType");
    if (type.equals("date")) {
      return ColumnType.TIMESTAMP;
    }
    try {
      return ColumnType.valueOf(type.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      if (property.has("logicalType")) {
        property.problem(
            "logicalType",
            "expected string, number, integer, boolean, timestamp or date, got '" + type + "'");
      }
      return ColumnType.STRING;
    }
  }

  private static String digest(Path file) {
    try {
      return Digests.sha256(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new PipelineException(List.of(Problems.unreadable(file, e)));
    }
  }
}
