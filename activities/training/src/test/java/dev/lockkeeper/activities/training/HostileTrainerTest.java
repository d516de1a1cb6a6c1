package dev.lockkeeper.activities.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockkeeper.formats.run.Role;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a trainer that means harm can reach: nothing but its own table. */
class HostileTrainerTest {

  @TempDir Path folder;
  private TrainingFixture fixture;

  @BeforeEach
  void open() throws Exception {
    assumeTrue(
        Isolation.best() == Isolation.BUBBLEWRAP,
        "bubblewrap starts no sandbox here: install it (apt-get install bubblewrap)");
    fixture = new TrainingFixture(folder);
  }

  @AfterEach
  void close() throws Exception {
    if (fixture != null) {
      assertEquals(0, fixture.candidates(), "something of it was kept");
      fixture.close();
    }
  }

  @Test
  void signingKey_isNotThere() {
    Path key = fixture.signed().state().key(Role.TRAINING);
    assertTrue(Files.isReadable(key));
    assertMessage("blocked: NoSuchFileException", train("reader", key.toString()));
  }

  @Test
  void filesOfTheMachine_areNotThere() {
    for (String file : new String[] {"/etc/passwd", "/etc/hosts"}) {
      assertTrue(Files.exists(Path.of(file)), file);
      assertMessage("blocked: NoSuchFileException", train("reader", file));
    }
  }

  @Test
  void namesBeyondAscii_areUnderstood() {
    assertMessage("blocked: NoSuchFileException", train("reader", "/größe/– x"));
  }

  @Test
  void store_cannotBeWritten() {
    Path planted = fixture.signed().state().store().resolve("candidates/sha256/planted");
    train("writer", planted.toString());
    assertFalse(Files.exists(planted));
  }

  @Test
  void libraries_cannotBeChanged() {
    Path classes = Path.of("target", "classes", "planted").toAbsolutePath();
    assertMessage("blocked: ", train("writer", classes.toString()));
    assertFalse(Files.exists(classes));
  }

  @Test
  void network_isNotThere() throws Exception {
    try (ServerSocket home = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertMessage("blocked: ", train("caller", String.valueOf(home.getLocalPort())));
      home.setSoTimeout(1);
      assertThrows(SocketTimeoutException.class, home::accept);
    }
  }

  @Test
  void environment_containsALocaleAlone() {
    assertMessage("environment [LC_ALL, PWD]", train("looker", ""));
  }

  @Test
  void processThatIsLeftBehind_isGone() {
    String name = "98765.4321";
    assertMessage("left behind, alive: true", train("leaver", name));
    assertEquals(
        0,
        ProcessHandle.allProcesses()
            .filter(process -> process.info().commandLine().orElse("").contains(name))
            .count());
  }

  @Test
  void linkInPlaceOfTheModel_isNotFollowed() {
    ApplicationFailure refused =
        train("linker", fixture.signed().state().key(Role.TRAINING).toString());
    assertEquals("TRAINING_FAILED", refused.getType());
    assertEquals(
        "the training process ended well but left no file model.onnx",
        refused.getOriginalMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "garbage, unknown field",
    "empty, it is empty",
    "operator, operator domain 'com.example'",
    "external, keeps its data in another file"
  })
  void forgedModel_isRefused(String kind, String reason) {
    ApplicationFailure refused = train("forger", kind);
    assertEquals("MODEL_REFUSED", refused.getType());
    assertMessage(reason, refused);
  }

  @Test
  void hugeModel_isRefusedUnread() {
    ApplicationFailure refused = train("hoarder", "");
    assertEquals("TRAINING_FAILED", refused.getType());
    assertTrue(
        refused.getOriginalMessage().startsWith("model.onnx is larger than "),
        refused.getOriginalMessage());
  }

  private static void assertMessage(String expected, ApplicationFailure failure) {
    assertTrue(failure.getOriginalMessage().contains(expected), failure.getOriginalMessage());
  }

  private ApplicationFailure train(String trainer, String target) {
    ActivityFailure failure =
        assertThrows(
            ActivityFailure.class, () -> fixture.train("m@1", trainer, Map.of("target", target)));
    ApplicationFailure cause = (ApplicationFailure) failure.getCause();
    assertTrue(cause.isNonRetryable(), cause.getMessage());
    return cause;
  }
}
