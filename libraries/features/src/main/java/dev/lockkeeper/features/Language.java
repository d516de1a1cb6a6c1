package dev.lockkeeper.features;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newGlobalOverload;
import static dev.cel.common.CelOverloadDecl.newMemberOverload;
import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.DOUBLE;
import static dev.cel.common.types.SimpleType.STRING;
import static dev.cel.common.types.SimpleType.TIMESTAMP;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the language knows. Each overload is declared here once, with the Java that it becomes:
 * {@code $1}, {@code $2} … are its arguments, {@code $M} is {@link StrictMath} and {@code $F} is
 * {@link RowFunctions}.
 */
final class Language {

  private static final CelType STRINGS = ListType.create(STRING);
  private static final CelType DOUBLES = ListType.create(DOUBLE);

  /** One overload. */
  record Overload(
      String function,
      String id,
      boolean member,
      CelType result,
      List<CelType> arguments,
      String java) {}

  private static final List<Overload> OVERLOADS = new ArrayList<>();

  static {
    arithmetic();
    comparisons();
    logic();
    texts();
    mathematics();
    times();
  }

  static final Map<String, String> JAVA = javaById();

  private Language() {}

  /** The declarations that the type checker knows; the standard environment of CEL is off. */
  static List<CelFunctionDecl> declarations() {
    List<CelFunctionDecl> declarations = new ArrayList<>();
    for (String function : OVERLOADS.stream().map(Overload::function).distinct().toList()) {
      List<CelOverloadDecl> overloads =
          OVERLOADS.stream()
              .filter(o -> o.function.equals(function))
              .map(Language::declaration)
              .toList();
      declarations.add(newFunctionDeclaration(function, overloads));
    }
    return declarations;
  }

  /** The names that people write as functions. */
  static List<String> functions() {
    return OVERLOADS.stream()
        .map(Overload::function)
        .filter(name -> Character.isLetter(name.charAt(0)))
        .distinct()
        .toList();
  }

  private static CelOverloadDecl declaration(Overload o) {
    return o.member
        ? newMemberOverload(o.id, o.result, o.arguments)
        : newGlobalOverload(o.id, o.result, o.arguments);
  }

  private static void arithmetic() {
    binary("_+_", DOUBLE, DOUBLE, "($1 + $2)");
    binary("_-_", DOUBLE, DOUBLE, "($1 - $2)");
    binary("_*_", DOUBLE, DOUBLE, "($1 * $2)");
    binary("_/_", DOUBLE, DOUBLE, "($1 / $2)");
    binary("_%_", DOUBLE, DOUBLE, "($1 % $2)");
    function("-_", DOUBLE, "(-$1)", DOUBLE);
    function("_-_", DOUBLE, "($1 - $2)", TIMESTAMP, TIMESTAMP);
  }

  private static void comparisons() {
    for (String operator : List.of("<", "<=", ">", ">=")) {
      binary("_" + operator + "_", DOUBLE, BOOL, "($1 " + operator + " $2)");
      binary("_" + operator + "_", TIMESTAMP, BOOL, "($1 " + operator + " $2)");
      binary("_" + operator + "_", STRING, BOOL, "($1.compareTo($2) " + operator + " 0)");
    }
    binary("_==_", DOUBLE, BOOL, "($1 == $2)");
    binary("_==_", TIMESTAMP, BOOL, "($1 == $2)");
    binary("_==_", BOOL, BOOL, "($1 == $2)");
    binary("_==_", STRING, BOOL, "$1.equals($2)");
    binary("_!=_", DOUBLE, BOOL, "($1 != $2)");
    binary("_!=_", TIMESTAMP, BOOL, "($1 != $2)");
    binary("_!=_", BOOL, BOOL, "($1 != $2)");
    binary("_!=_", STRING, BOOL, "(!$1.equals($2))");
    function("@in", BOOL, "$F.in($1, $2)", STRING, STRINGS);
    function("@in", BOOL, "$F.in($1, $2)", DOUBLE, DOUBLES);
  }

  private static void logic() {
    binary("_&&_", BOOL, BOOL, "($1 && $2)");
    binary("_||_", BOOL, BOOL, "($1 || $2)");
    function("!_", BOOL, "(!$1)", BOOL);
    for (CelType type : List.of(DOUBLE, STRING, BOOL, TIMESTAMP)) {
      function("_?_:_", type, "($1 ? $2 : $3)", BOOL, type, type);
    }
    for (CelType type : List.of(DOUBLE, TIMESTAMP)) {
      function("missing", BOOL, "Double.isNaN($1)", type);
    }
    function("missing", BOOL, "$1.isEmpty()", STRING);
    function("missing", BOOL, "false", BOOL);
    function("coalesce", DOUBLE, "$F.coalesce($1, $2)", DOUBLE, DOUBLE);
    function("coalesce", STRING, "$F.coalesce($1, $2)", STRING, STRING);
    function("number", DOUBLE, "$F.asNumber($1)", BOOL);
    function("index_of", DOUBLE, "$F.indexOf($1, $2)", STRING, STRINGS);
    function("bucket", DOUBLE, "$F.bucket($1, $2)", DOUBLE, DOUBLES);
  }

  private static void texts() {
    member("startsWith", BOOL, "$1.startsWith($2)", STRING, STRING);
    member("endsWith", BOOL, "$1.endsWith($2)", STRING, STRING);
    member("contains", BOOL, "$1.contains($2)", STRING, STRING);
    member("size", DOUBLE, "$F.size($1)", STRING);
    function("size", DOUBLE, "$F.size($1)", STRING);
  }

  private static void mathematics() {
    for (String name :
        List.of("log", "log1p", "log10", "exp", "sqrt", "floor", "ceil", "sin", "cos")) {
      function(name, DOUBLE, "$M." + name + "($1)", DOUBLE);
    }
    function("round", DOUBLE, "$M.rint($1)", DOUBLE);
    function("abs", DOUBLE, "$M.abs($1)", DOUBLE);
    function("pow", DOUBLE, "$M.pow($1, $2)", DOUBLE, DOUBLE);
    function("min", DOUBLE, "$F.min($1, $2)", DOUBLE, DOUBLE);
    function("max", DOUBLE, "$F.max($1, $2)", DOUBLE, DOUBLE);
    function(
        "haversine_km", DOUBLE, "$F.haversineKm($1, $2, $3, $4)", DOUBLE, DOUBLE, DOUBLE, DOUBLE);
  }

  private static void times() {
    function("hour", DOUBLE, "$F.hour($1)", TIMESTAMP);
    function("day_of_week", DOUBLE, "$F.dayOfWeek($1)", TIMESTAMP);
    function("day_of_month", DOUBLE, "$F.dayOfMonth($1)", TIMESTAMP);
    function("month", DOUBLE, "$F.month($1)", TIMESTAMP);
  }

  private static void binary(String function, CelType argument, CelType result, String java) {
    function(function, result, java, argument, argument);
  }

  private static void function(String function, CelType result, String java, CelType... arguments) {
    add(function, false, result, java, arguments);
  }

  private static void member(String function, CelType result, String java, CelType... arguments) {
    add(function, true, result, java, arguments);
  }

  private static void add(
      String function, boolean member, CelType result, String java, CelType... arguments) {
    OVERLOADS.add(
        new Overload(
            function, "overload_" + OVERLOADS.size(), member, result, List.of(arguments), java));
  }

  private static Map<String, String> javaById() {
    Map<String, String> java = new java.util.HashMap<>();
    OVERLOADS.forEach(o -> java.put(o.id, o.java));
    return Map.copyOf(java);
  }
}
