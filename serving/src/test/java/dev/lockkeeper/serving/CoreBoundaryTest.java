package dev.lockkeeper.serving;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.lockkeeper.serving.violation.AnswersOverHttp;
import dev.lockkeeper.serving.violation.ReadsProtocolJson;
import dev.lockkeeper.serving.violation.UsesAnAdapter;
import org.junit.jupiter.api.Test;

/** The core knows no protocol; each rule is shown to fail on a violation. */
class CoreBoundaryTest {

  private static final String[] CORE = {
    "dev.lockkeeper.serving", "dev.lockkeeper.serving.violation"
  };

  private static final ArchRule NO_HTTP =
      noClasses()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "io.netty..")
          .because("a protocol is an adapter in a package of its own");

  private static final ArchRule NO_ADAPTER =
      noClasses()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.lockkeeper.serving.rest..", "dev.lockkeeper.serving.gateway..")
          .because("adapters depend on the core, and the core on none of them");

  /** The record of the inference log has its raw inputs as JSON, whatever protocol they came by. */
  private static final ArchRule NO_JSON_BUT_IN_THE_LOG =
      noClasses()
          .that()
          .resideInAnyPackage(CORE)
          .and()
          .doNotHaveSimpleName("LoggedRows")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.fasterxml.jackson..")
          .because("a request is typed columns, not JSON");

  @Test
  void core_knowsNoHttp() {
    NO_HTTP.check(main());
    fails(NO_HTTP, AnswersOverHttp.class);
  }

  @Test
  void core_knowsNoAdapter() {
    NO_ADAPTER.check(main());
    fails(NO_ADAPTER, UsesAnAdapter.class);
  }

  @Test
  void core_knowsNoJsonButInTheLog() {
    NO_JSON_BUT_IN_THE_LOG.check(main());
    fails(NO_JSON_BUT_IN_THE_LOG, ReadsProtocolJson.class);
  }

  private static JavaClasses main() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.lockkeeper.serving");
    assertTrue(classes.contain(InferenceService.class), "the core was not read");
    return classes;
  }

  private static void fails(ArchRule rule, Class<?> violation) {
    JavaClasses classes = new ClassFileImporter().importClasses(violation);
    assertTrue(rule.evaluate(classes).hasViolation(), violation + " breaks no rule");
  }
}
