package dev.lockkeeper.activities.validation;

import dev.lockkeeper.formats.validation.GateResult;
import java.util.List;

/**
 * A kind of gate that a candidate must pass. Every implementation that {@link
 * java.util.ServiceLoader} finds judges every candidate; it is public, has a constructor without
 * parameters and no state. Equal evaluations give equal results.
 */
public interface GateCheck {

  /** The kind's name, for example {@code metrics}; no other check has it. */
  String name();

  /**
   * What each of its gates found; empty if the pipeline asks for none. One that is blocking refuses
   * the candidate.
   *
   * @throws SpecificationException if what the pipeline asks for makes no sense for this hold-out
   */
  List<GateResult> judge(HoldoutEvaluation evaluation);
}
