package dev.lockkeeper.formats.registry;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import dev.lockkeeper.formats.Format;
import dev.lockkeeper.formats.artifact.ArtifactFields;

/**
 * A package: its entry in the list of the models zone ({@code models/MODEL/VERSION.json}), its
 * place in a manifest, and the stored result of registering it. Nothing of it is trusted before the
 * signature over its files is verified.
 */
public final class ModelPackageFormat extends Format<ModelPackage> {

  public static final ModelPackageFormat INSTANCE = new ModelPackageFormat();

  private ModelPackageFormat() {
    super("model package", 1, UnknownFields.IGNORED);
  }

  @Override
  protected void write(ModelPackage value, FieldWriter to) {
    to.put("model", value.model())
        .put("version", value.version())
        .put("rootDigest", value.rootDigest())
        .put("files", value.files(), ModelPackageFormat::file)
        .put("statements", value.statements(), ModelPackageFormat::statement)
        .put("signature", ArtifactFields.write(value.signature()))
        .put("evidence", ArtifactFields.write(value.evidence()));
  }

  @Override
  protected ModelPackage readFields(FieldReader from) {
    return new ModelPackage(
        from.text("model"),
        from.text("version"),
        from.text("rootDigest"),
        from.list("files", ModelPackageFormat::file),
        from.list("statements", ModelPackageFormat::statement),
        ArtifactFields.read(from.object("signature")),
        ArtifactFields.evidence(from.object("evidence")));
  }

  private static FieldWriter file(PackageFile file) {
    return new FieldWriter()
        .put("name", file.name())
        .put("artifact", ArtifactFields.write(file.artifact()));
  }

  private static PackageFile file(FieldReader from) {
    return new PackageFile(from.text("name"), ArtifactFields.read(from.object("artifact")));
  }

  private static FieldWriter statement(PackageStatement statement) {
    return new FieldWriter().put("stage", statement.stage()).put("file", statement.file());
  }

  private static PackageStatement statement(FieldReader from) {
    return new PackageStatement(from.text("stage"), from.text("file"));
  }
}
