package dev.lockkeeper.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.run.Role;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Roles and zones, which others may add, as JSON and as names of files. */
class OpenNamesTest {

  private static final String REF =
      "{\"bytes\":3,\"mediaType\":\"x\",\"sha256\":\"%s\",\"zone\":\"%s\"}";
  private static final String SHA256 = "a".repeat(64);

  @ParameterizedTest
  @ValueSource(strings = {"RAW", "INFERENCE_LOG", "LABELS_2"})
  void zone_isItsUpperCaseNameInJson(String name) throws Exception {
    String json = REF.formatted(SHA256, name);

    ArtifactRef ref = Json.read(json.getBytes(StandardCharsets.UTF_8), ArtifactRef.class);

    assertEquals(name, ref.zone().toString());
    assertEquals(json, Json.text(ref));
    assertEquals(ref, new ObjectMapper().readValue(json, ArtifactRef.class));
  }

  @Test
  void zone_isItsLabelInUrisAndFolders() {
    assertEquals(
        "lockkeeper://inference-log/sha256/" + SHA256,
        new ArtifactRef(Zone.INFERENCE_LOG, SHA256, 1, "x").uri());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "raw", "../RAW", "A/B", "_A", "A__B", "A_", "1A", "A-B", "Ä"})
  void nameThatNoZoneHas_isRefused(String name) {
    byte[] json = REF.formatted(SHA256, name).getBytes(StandardCharsets.UTF_8);

    assertThrows(IllegalArgumentException.class, () -> Json.read(json, ArtifactRef.class));
  }

  @Test
  void role_isItsLabelInJson() throws Exception {
    assertEquals("\"ingestion\"", Json.text(Role.INGESTION));
    assertEquals(new Role("my-stage"), new ObjectMapper().readValue("\"my-stage\"", Role.class));
    assertEquals("lockkeeper-my-stage", new Role("my-stage").taskQueue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "INGESTION", "../x", "a/b", "a b", "-a", "a--b", "a-", "1a", "a.b"})
  void labelThatNoRoleHas_isRefused(String label) {
    assertEquals(
        "role '"
            + label
            + "': expected lower-case letters, digits and single hyphens, at most 63 characters",
        assertThrows(IllegalArgumentException.class, () -> new Role(label)).getMessage());
  }

  @Test
  void labelThatIsTooLong_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Role("a".repeat(64)));
    assertThrows(IllegalArgumentException.class, () -> new Zone("a".repeat(64)));
  }
}
