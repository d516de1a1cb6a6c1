package dev.lockkeeper.formats.registry;

import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Evidence;
import dev.lockkeeper.formats.run.Role;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An immutable model package: the files that {@link PackageFile} names, and any that later stages
 * add.
 *
 * @param model the model's name
 * @param version the version
 * @param rootDigest the OpenSSF Model Signing root: SHA-256 over the concatenated raw file digests
 *     in name order
 * @param files the files, by name
 * @param statements which files are stages' signed statements; the list may grow
 * @param signature the OpenSSF Model Signing bundle (models zone)
 * @param evidence the signed registry statement
 */
public record ModelPackage(
    String model,
    String version,
    String rootDigest,
    List<PackageFile> files,
    List<PackageStatement> statements,
    ArtifactRef signature,
    Evidence evidence) {

  /** The statements of the stages that every package has. */
  private static final List<PackageStatement> STANDARD =
      List.of(
          new PackageStatement(Role.INGESTION.label(), PackageFile.DATASET_STATEMENT),
          new PackageStatement(Role.FEATURES.label(), PackageFile.FEATURES_STATEMENT),
          new PackageStatement(Role.TRAINING.label(), PackageFile.TRAINING_STATEMENT),
          new PackageStatement(Role.VALIDATION.label(), PackageFile.GATE_STATEMENT));

  @SuppressWarnings("ConstantValue") // a payload of before the list was there reads as null
  public ModelPackage {
    statements = statements == null ? standard(files) : List.copyOf(statements);
  }

  /** A package with the statements of the stages that every package has. */
  public ModelPackage(
      String model,
      String version,
      String rootDigest,
      List<PackageFile> files,
      ArtifactRef signature,
      Evidence evidence) {
    this(model, version, rootDigest, files, standard(files), signature, evidence);
  }

  /** The file with a stage's statement. */
  public Optional<String> statementOf(Role stage) {
    return statements.stream()
        .filter(statement -> statement.stage().equals(stage.label()))
        .map(PackageStatement::file)
        .findFirst();
  }

  private static List<PackageStatement> standard(@Nullable List<PackageFile> files) {
    if (files == null) {
      return STANDARD;
    }
    List<String> names = files.stream().map(PackageFile::name).toList();
    return STANDARD.stream().filter(statement -> names.contains(statement.file())).toList();
  }
}
