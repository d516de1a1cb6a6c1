package dev.lockkeeper.launcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.lockkeeper.contracts.violation.PrintingHelper;
import dev.lockkeeper.contracts.violation.ReadsAFile;
import dev.lockkeeper.contracts.violation.UsesAClient;
import dev.lockkeeper.formats.violation.OpensAPath;
import org.junit.jupiter.api.Test;

/**
 * The rules of the architecture that a dependency between modules cannot express; each is shown to
 * fail on a violation.
 */
class ArchitectureTest {

  private static final ArchRule CONTRACTS_HOLD_NO_IO =
      noClasses()
          .that()
          .resideInAPackage("dev.lockkeeper.contracts..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.io..",
              "java.nio..",
              "java.net..",
              "io.temporal.client..",
              "io.temporal.serviceclient..",
              "io.temporal.worker..")
          .because(
              "contracts is what crosses a boundary, and a record crosses it without touching the world");

  private static final ArchRule FORMATS_TOUCH_NOTHING =
      noClasses()
          .that()
          .resideInAPackage("dev.lockkeeper.formats..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.nio.file..", "java.nio.channels..", "java.net..", "io.temporal..")
          .because("a format turns bytes into values and values into bytes");

  private static final ArchRule NAMES_SAY_SOMETHING =
      noClasses()
          .that()
          .resideInAPackage("dev.lockkeeper..")
          .should()
          .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Common|Constants)(\\$.*)?")
          .because("a name says what a type does");

  private static final ArchRule ONLY_WORKFLOWS_END_IN_IMPL =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.lockkeeper.workflows..")
          .should()
          .haveNameMatching("dev\\.lockkeeper\\..*Impl")
          .because("an implementation is named by how it works");

  private static final ArchRule ONLY_THE_COMMAND_LINE_PRINTS =
      noClasses()
          .that()
          .resideInAPackage("dev.lockkeeper..")
          .and()
          .resideOutsideOfPackages("dev.lockkeeper.starter..", "dev.lockkeeper.launcher..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .because("everything else reports through results, logs and traces");

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.lockkeeper");

  @Test
  void contracts_holdNoInputOrOutput() {
    holdsAndCanFail(CONTRACTS_HOLD_NO_IO, ReadsAFile.class, UsesAClient.class);
  }

  @Test
  void formats_touchNothing() {
    holdsAndCanFail(FORMATS_TOUCH_NOTHING, OpensAPath.class);
  }

  @Test
  void names_saySomething() {
    holdsAndCanFail(NAMES_SAY_SOMETHING, PrintingHelper.class);
  }

  @Test
  void onlyWorkflowImplementations_endInImpl() {
    holdsAndCanFail(ONLY_WORKFLOWS_END_IN_IMPL, ViolationImpl.class);
  }

  @Test
  void onlyTheCommandLine_prints() {
    holdsAndCanFail(ONLY_THE_COMMAND_LINE_PRINTS, PrintingHelper.class);
  }

  @Test
  void everyModule_isChecked() {
    for (String module :
        new String[] {
          "formats",
          "store",
          "models",
          "runtime",
          "attestation",
          "features",
          "engine",
          "specification",
          "contracts",
          "stage",
          "workflows",
          "activities.ingestion",
          "activities.features",
          "activities.training",
          "activities.validation",
          "activities.approval",
          "activities.registry",
          "activities.deployment",
          "activities.monitoring",
          "serving",
          "client",
          "workers",
          "starter",
          "launcher"
        }) {
      assertTrue(
          HOUSE.stream().anyMatch(c -> c.getPackageName().startsWith("dev.lockkeeper." + module)),
          module);
    }
  }

  private static void holdsAndCanFail(ArchRule rule, Class<?>... violations) {
    rule.check(HOUSE);
    for (Class<?> violation : violations) {
      assertTrue(
          rule.evaluate(new ClassFileImporter().importClasses(violation)).hasViolation(),
          violation + " is not a violation: " + rule.getDescription());
    }
  }

  /** Violates the rule on names of implementations. */
  static final class ViolationImpl {}
}
