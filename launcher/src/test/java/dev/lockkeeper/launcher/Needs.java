package dev.lockkeeper.launcher;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What a test class cannot do without. Where it is not there the class is reported as skipped; an
 * assumption in a method that runs before all tests would leave it out without a word.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Needs.Condition.class)
@interface Needs {

  Part[] value();

  /** A part of the machine. */
  enum Part {
    TEMPORAL(TestExecutable::missing),
    BUBBLEWRAP(Sandbox::missing),
    REAL_DATA(RealData::missing);

    private final Supplier<Optional<String>> missing;

    Part(Supplier<Optional<String>> missing) {
      this.missing = missing;
    }
  }

  /** Asks for each part. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      for (Part part : context.getRequiredTestClass().getAnnotation(Needs.class).value()) {
        Optional<String> missing = part.missing.get();
        if (missing.isPresent()) {
          return ConditionEvaluationResult.disabled(missing.get());
        }
      }
      return ConditionEvaluationResult.enabled("everything is there");
    }
  }
}
