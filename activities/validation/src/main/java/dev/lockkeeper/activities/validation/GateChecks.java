package dev.lockkeeper.activities.validation;

import dev.lockkeeper.formats.validation.GateResult;
import dev.lockkeeper.stage.NamedServices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All installed kinds of gates. */
final class GateChecks {

  /** The order in which reports have shown them; what others add comes after, ordered by name. */
  private static final List<String> FIRST = List.of("metrics", "behaviour", "fairness");

  private GateChecks() {}

  static List<GateResult> judge(HoldoutEvaluation evaluation) {
    Map<String, GateCheck> installed = NamedServices.load(GateCheck.class, GateCheck::name);
    Map<String, GateCheck> ordered = new LinkedHashMap<>();
    for (String name : FIRST) {
      GateCheck check = installed.get(name);
      if (check == null) {
        throw new IllegalStateException(
            "the gate check '" + name + "' is not on the class path: the worker is incomplete");
      }
      ordered.put(name, check);
    }
    installed.forEach(ordered::putIfAbsent);
    List<GateResult> results = new ArrayList<>();
    ordered.values().forEach(check -> results.addAll(check.judge(evaluation)));
    return results;
  }
}
