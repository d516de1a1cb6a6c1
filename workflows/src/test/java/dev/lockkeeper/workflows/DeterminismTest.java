package dev.lockkeeper.workflows;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Replayed code gives the same commands for the same history. */
class DeterminismTest {
  private static final JavaClasses WORKFLOWS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.lockkeeper.workflows");

  @Test
  void workflows_useNoIoThreadsLocksOrActivities() {
    packages().check(WORKFLOWS);
  }

  @Test
  void workflows_readNoClock() {
    clock().check(WORKFLOWS);
  }

  @Test
  void workflows_drawNothingAtRandom() {
    chance().check(WORKFLOWS);
  }

  @Test
  void rules_seeAViolation() {
    JavaClasses violator = new ClassFileImporter().importClasses(Violator.class);

    assertThrows(AssertionError.class, () -> packages().check(violator));
    assertThrows(AssertionError.class, () -> clock().check(violator));
    assertThrows(AssertionError.class, () -> chance().check(violator));
  }

  private static ArchRule packages() {
    return noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "java.io..",
                "java.net..",
                "java.nio..",
                "java.util.concurrent..",
                "dev.lockkeeper.custody..",
                "dev.lockkeeper.ingestion..",
                "dev.lockkeeper.features..",
                "dev.lockkeeper.training..",
                "dev.lockkeeper.validation..",
                "dev.lockkeeper.approval..",
                "dev.lockkeeper.registry..",
                "dev.lockkeeper.deployment..",
                "dev.lockkeeper.monitoring.."))
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .because("what it does is not in the history: use io.temporal.workflow.Workflow");
  }

  private static ArchRule clock() {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .because("a replay happens at another time: use Workflow.currentTimeMillis");
  }

  private static ArchRule chance() {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Random.class)
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .callMethod(Math.class, "random")
        .because("a replay draws something else: use Workflow.newRandom or an activity");
  }

  /** What no workflow may do. */
  static final class Violator {
    private Violator() {}

    static String everything() {
      Thread.onSpinWait();
      return new Random(1).nextInt() + UUID.randomUUID().toString() + System.nanoTime();
    }
  }
}
