package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoggingConfiguratorTest {

  @TempDir private Path folder;
  private final LoggerContext context = new LoggerContext();

  @AfterEach
  void stop() {
    context.stop();
    System.clearProperty(LoggingConfigurator.DESTINATION);
    System.clearProperty(LoggingConfigurator.FOLDER);
  }

  @Test
  void withoutADestination_theNextConfigurationIsTaken() {
    assertEquals(ExecutionStatus.INVOKE_NEXT_IF_ANY, new LoggingConfigurator().configure(context));
  }

  @Test
  void file_takesWhatIsOursFromInfoAndWhatIsTemporalsFromWarn() throws IOException {
    configure();
    context.getLogger("dev.lockkeeper.Any").info("ours");
    context.getLogger("dev.lockkeeper.Any").debug("too fine");
    context.getLogger("io.temporal.Any").info("theirs");
    context.getLogger("io.temporal.Any").warn("their warning");

    String log = Files.readString(folder.resolve("lockkeeper.log"));
    assertTrue(log.contains(" INFO  [main] dev.lockkeeper.Any - ours\n"), log);
    assertTrue(log.contains(" WARN  [main] io.temporal.Any - their warning\n"), log);
    assertEquals(2, log.lines().count(), log);
  }

  @Test
  void fullFile_isFollowedByAnother() throws IOException {
    Files.write(folder.resolve("lockkeeper.log"), new byte[(10 << 20) + 1]);
    configure();
    context.getLogger("dev.lockkeeper.Any").info("first");
    context.getLogger("dev.lockkeeper.Any").info("second");
    context.stop();
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(2, files.count());
    }
    assertFalse(Files.readString(folder.resolve("lockkeeper.log")).isEmpty());
  }

  private void configure() {
    context.setMDCAdapter(new LogbackMDCAdapter());
    System.setProperty(LoggingConfigurator.DESTINATION, "file");
    System.setProperty(LoggingConfigurator.FOLDER, folder.toString());
    assertEquals(
        ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY, new LoggingConfigurator().configure(context));
  }
}
