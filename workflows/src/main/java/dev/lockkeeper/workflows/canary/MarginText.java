package dev.lockkeeper.workflows.canary;

import dev.lockkeeper.contracts.deployment.CanaryLook;
import dev.lockkeeper.contracts.deployment.MarginFinding;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** What was shown of a declared margin, for people. */
final class MarginText {

  private static final BigDecimal PERCENT = BigDecimal.valueOf(100);

  private MarginText() {}

  /** To stand behind a sentence; empty if no margin is declared. */
  static String of(@Nullable CanaryLook look) {
    MarginFinding finding = look == null ? null : look.margin();
    if (finding == null) {
      return "";
    }
    return (finding.inside()
            ? ": inside the margin, at most "
            : ": not shown to be harmless, up to ")
        + percent(finding.increaseAtMost())
        + " % more failures than the stable version (margin "
        + percent(finding.margin())
        + " %)";
  }

  private static String percent(double share) {
    return BigDecimal.valueOf(share)
        .multiply(PERCENT)
        .setScale(2, RoundingMode.HALF_UP)
        .toPlainString();
  }
}
