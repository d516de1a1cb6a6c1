package dev.lockkeeper.launcher;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What a test or a class of tests cannot do without. Where it is not there they are reported as
 * skipped; an assumption in a method that runs before all tests would leave it out without a word.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Needs.Condition.class)
@interface Needs {

  Part[] value();

  /** A part of the machine. */
  enum Part {
    TEMPORAL(TestExecutable::missing),
    BUBBLEWRAP(Sandbox::missing),
    SQLITE(Part::sqliteMissing),
    REAL_DATA(RealData::missing);

    @SuppressWarnings("ImmutableEnumChecker") // a reference to a method without state
    private final Supplier<Optional<String>> missing;

    Part(Supplier<Optional<String>> missing) {
      this.missing = missing;
    }

    private static Optional<String> sqliteMissing() {
      return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
              .anyMatch(folder -> Files.isExecutable(Path.of(folder, "sqlite3")))
          ? Optional.empty()
          : Optional.of("no 'sqlite3' is on PATH (apt-get install sqlite3)");
    }
  }

  /** Asks for each part. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      Optional<Needs> needs = AnnotationSupport.findAnnotation(context.getElement(), Needs.class);
      for (Part part : needs.map(Needs::value).orElse(new Part[0])) {
        Optional<String> missing = part.missing.get();
        if (missing.isPresent()) {
          return ConditionEvaluationResult.disabled(missing.get());
        }
      }
      return ConditionEvaluationResult.enabled("everything is there");
    }
  }
}
