package dev.lockkeeper.formats.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import dev.lockkeeper.formats.Format;
import dev.lockkeeper.formats.deployment.ArmRole;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A line of a segment of the inference log, written by the gateway and not signed. */
public final class InferenceRecordFormat extends Format<InferenceRecord> {

  public static final InferenceRecordFormat INSTANCE = new InferenceRecordFormat();

  private InferenceRecordFormat() {
    super("inference record", 1, UnknownFields.IGNORED);
  }

  @Override
  protected void write(InferenceRecord value, FieldWriter to) {
    to.put("requestId", value.requestId())
        .put("time", value.time())
        .put("endpoint", value.endpoint())
        .put("version", value.version())
        .put("packageRoot", value.packageRoot())
        .put("sequence", value.sequence())
        .put("arm", value.arm())
        .put("fellBack", value.fellBack())
        .put("entityKeys", value.entityKeys())
        .put("inputs", value.inputs())
        .put("features", value.features())
        .put("prediction", value.prediction())
        .put("extensions", value.extensions());
  }

  @Override
  @SuppressWarnings("NullAway") // the reader's list has no element without a value but here
  protected InferenceRecord readFields(FieldReader from) {
    return new InferenceRecord(
        from.text("requestId"),
        from.time("time"),
        from.text("endpoint"),
        from.text("version"),
        from.text("packageRoot"),
        from.number("sequence"),
        from.constant("arm", ArmRole.class),
        from.flag("fellBack"),
        from.has("entityKeys") ? from.textMap("entityKeys") : java.util.Map.of(),
        from.anyMap("inputs"),
        features(from.array("features")),
        from.real("prediction"),
        from.has("extensions") ? from.anyMap("extensions") : java.util.Map.of());
  }

  private static List<@Nullable Float> features(JsonNode list) {
    List<@Nullable Float> features = new ArrayList<>(list.size());
    for (JsonNode value : list) {
      if (!value.isNull() && !value.isNumber()) {
        throw new IllegalArgumentException(
            "field 'features': expected numbers, null where missing; found " + value);
      }
      features.add(value.isNull() ? null : value.floatValue());
    }
    return features;
  }
}
