package dev.lockkeeper.workflows;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Date;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replayed code gives the same commands for the same history. */
class DeterminismTest {
  private static final ArchRule NO_WORLD =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("java.io..", "java.net..", "java.nio..", "java.util.concurrent.."))
          .orShould()
          .dependOnClassesThat(
              resideInAPackage("dev.lockkeeper..")
                  .and(
                      resideOutsideOfPackages(
                          "dev.lockkeeper.workflows..",
                          "dev.lockkeeper.contracts..",
                          "dev.lockkeeper.formats..")))
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Thread.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Runtime.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(ProcessBuilder.class)
          .orShould()
          .callMethodWhere(
              target(nameMatching("getenv|getProperty|getProperties"))
                  .and(target(owner(name(System.class.getName())))))
          .because("what it does is not in the history: use io.temporal.workflow.Workflow");

  private static final ArchRule NO_CLOCK =
      noClasses()
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Date.class)
          .orShould()
          .callMethodWhere(target(name("now")).and(target(owner(resideInAPackage("java.time..")))))
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .because("a replay happens at another time: use Workflow.currentTimeMillis");

  private static final ArchRule NO_CHANCE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .areAssignableTo(RandomGenerator.class)
          .orShould()
          .callMethod(java.util.UUID.class, "randomUUID")
          .orShould()
          .callMethod(Math.class, "random")
          .because("a replay draws something else: use Workflow.newRandom or an activity");

  private static final JavaClasses WORKFLOWS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.lockkeeper.workflows");

  @Test
  void workflows_useNoIoThreadsLocksOrActivities() {
    NO_WORLD.check(WORKFLOWS);
  }

  @Test
  void workflows_readNoClock() {
    NO_CLOCK.check(WORKFLOWS);
  }

  @Test
  void workflows_drawNothingAtRandom() {
    NO_CHANCE.check(WORKFLOWS);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Violations.ReadsAFile.class,
        Violations.Calls.class,
        Violations.Locks.class,
        Violations.Sleeps.class,
        Violations.StartsAProcess.class,
        Violations.ReadsTheEnvironment.class
      })
  void touchingTheWorld_isSeen(Class<?> violation) {
    assertSeen(NO_WORLD, violation);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Violations.AsksForTheDay.class,
        Violations.AsksTheClock.class,
        Violations.MeasuresTime.class,
        Violations.MakesADate.class
      })
  void readingTheClock_isSeen(Class<?> violation) {
    assertSeen(NO_CLOCK, violation);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Violations.Draws.class,
        Violations.DrawsSplittably.class,
        Violations.NamesAtRandom.class
      })
  void drawingAtRandom_isSeen(Class<?> violation) {
    assertSeen(NO_CHANCE, violation);
  }

  private static void assertSeen(ArchRule rule, Class<?> violation) {
    assertTrue(
        rule.evaluate(new ClassFileImporter().importClasses(violation)).hasViolation(),
        violation.getSimpleName());
  }
}
