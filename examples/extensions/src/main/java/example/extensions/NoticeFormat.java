package example.extensions;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import dev.lockkeeper.formats.Format;
import dev.lockkeeper.formats.artifact.ArtifactFields;
import dev.lockkeeper.formats.artifact.ArtifactRef;

/** The stored result of publishing a notice. */
final class NoticeFormat extends Format<ArtifactRef> {

  static final NoticeFormat INSTANCE = new NoticeFormat();

  private NoticeFormat() {
    super("notice", 1, UnknownFields.IGNORED);
  }

  @Override
  protected void write(ArtifactRef value, FieldWriter to) {
    to.put("notice", ArtifactFields.write(value));
  }

  @Override
  protected ArtifactRef readFields(FieldReader from) {
    return ArtifactFields.read(from.object("notice"));
  }
}
