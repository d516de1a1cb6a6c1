package dev.lockkeeper.features;

import static dev.lockkeeper.features.TripColumns.COLUMNS;
import static dev.lockkeeper.features.TripColumns.column;
import static dev.lockkeeper.features.TripColumns.program;
import static dev.lockkeeper.features.TripColumns.set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.formats.features.FeatureSetSpecification;
import dev.lockkeeper.formats.features.FeatureSpecification;
import dev.lockkeeper.formats.features.LabelSpecification;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.ColumnType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is not an expression, and what its error says. */
class FeatureRefusalTest {

  @Test
  void emptyList_isRefusedInWords() {
    for (String expression :
        List.of("payment_type in []", "fare in []", "index_of(payment_type, [])")) {
      assertTrue(
          refusal(expression).contains("a list needs at least one value"), refusal(expression));
    }
  }

  @Test
  void listOfTwoTypes_isRefusedInWords() {
    assertTrue(
        refusal("fare in [1, 'a']").contains("a list contains numbers alone or strings alone"),
        refusal("fare in [1, 'a']"));
  }

  @Test
  void expressionBeyondALimit_isRefusedWithIt() {
    assertEquals(
        "expression 'f': has 5000 characters, more than 4096: split it into features",
        refusal("1".repeat(5_000)));
    String deep = refusal("fare" + " + fare".repeat(60));
    assertTrue(deep.contains("nests more than 48 deep"), deep);
    assertTrue(deep.contains("each term of a sum"), deep);
  }

  @Test
  void timeComparedWithAString_isExplainedInTheLanguagesWords() {
    String message = refusal("pickup > '2020-01-01'");
    assertTrue(message.contains("applied to '(timestamp, string)'"), message);
  }

  @Test
  void syntax_isToldWithoutTheParsersWords() {
    for (String expression : List.of("fare +", "fare fare", "(fare", "fare # 2", "fare ? 1", ")")) {
      String message = refusal(expression);
      for (String word : List.of("input", "expecting", "EOF", "token", "viable")) {
        assertTrue(!message.contains(word), message);
      }
    }
    assertTrue(refusal("fare fare").contains("'fare' is not expected here"), refusal("fare fare"));
    assertTrue(refusal("fare +").contains("it ends too early"), refusal("fare +"));
    assertTrue(
        refusal("fare # 2").contains("'#' is not a character of the language"),
        refusal("fare # 2"));
  }

  @Test
  void comparisonWithNull_pointsToMissing() {
    assertTrue(refusal("fare == null").contains("missing(COLUMN)"), refusal("fare == null"));
  }

  @Test
  void nameFromAnotherLanguage_isTranslated() {
    assertTrue(
        refusal("len(payment_type)").contains("here it is called 'size'"),
        refusal("len(payment_type)"));
  }

  @Test
  void unknownFunction_listsTheFunctions() {
    assertTrue(
        refusal("zscoreoftheday(fare)").contains("the functions are missing, coalesce"),
        refusal("zscoreoftheday(fare)"));
  }

  @Test
  void unknownColumn_isNamedWithTheNearest() {
    String message = refusal("far * 2");
    assertTrue(message.contains("expression 'f'"), message);
    assertTrue(message.contains("line 1, column 1"), message);
    assertTrue(message.contains("did you mean 'fare'?"), message);
  }

  @Test
  void nameThatIsNotClose_isNotTakenForAnother() {
    String message = refusal("foo * 2");
    assertFalse(message.contains("did you mean"), message);
    assertTrue(message.contains("the columns are "), message);
    assertTrue(refusal("faer * 2").contains("did you mean 'fare'?"), refusal("faer * 2"));
    assertTrue(
        refusal("payment_tpye == 'cash'").contains("did you mean 'payment_type'?"),
        refusal("payment_tpye == 'cash'"));
  }

  @Test
  void columnByItsNameInTheData_isNamedAsExpressionsCallIt() {
    InputColumn spaced = new InputColumn("mean radius", ColumnType.NUMBER);
    for (String expression : List.of("log(mean radius)", "missing(mean radius) ? 0 : 1")) {
      String message =
          assertThrows(
                  ExpressionException.class,
                  () -> new TypeChecker(List.of(spaced)).check("f", expression))
              .getMessage();
      assertTrue(
          message.contains("; column 'mean radius' is called mean_radius in expressions"), message);
    }
  }

  @Test
  void functionWithoutItsArguments_isExplained() {
    String message = refusal("fare > 1 ? fare : missing");
    assertTrue(
        message.contains("'missing' is a function: write its arguments behind it in parentheses"),
        message);
  }

  @Test
  void mixedTypes_areExplained() {
    String message = refusal("payment_type > 3");
    assertTrue(
        message.contains("no matching overload for '>' applied to '(string, number)'"), message);
    assertTrue(message.contains("do not mix"), message);
  }

  @Test
  void stringFeature_isRefusedWithAWayOut() {
    assertTrue(refusal("payment_type").contains("index_of"), refusal("payment_type"));
  }

  @Test
  void hostileExpressions_areRefused() {
    List<String> hostile =
        List.of(
            "",
            "fare +",
            "[1,2,3].map(x, x * 2)",
            "{'a': 1}",
            "java.lang.Runtime.getRuntime()",
            "fare.getClass()",
            "google.protobuf.Any{}",
            "matches(payment_type, '(a+)+$')",
            "dyn(fare) == 'a'",
            "fare == null",
            "type(fare)",
            "b'x' == b'y'",
            "5u > 3u",
            "['a', fare]",
            "bucket(fare, [trip_seconds])",
            "(".repeat(200) + "1" + ")".repeat(200),
            "1+".repeat(4000) + "1");
    for (String expression : hostile) {
      assertThrows(ExpressionException.class, () -> program(expression), expression);
    }
  }

  @Test
  void labelNamedLikeAColumn_isRefused() {
    FeatureSetSpecification set =
        new FeatureSetSpecification(
            "1",
            null,
            List.of(new FeatureSpecification("f", "fare")),
            new LabelSpecification("tips", "tips > 1"));
    ExpressionException refused =
        assertThrows(ExpressionException.class, () -> FeatureCompiler.compile(set, COLUMNS));
    assertTrue(
        refused.getMessage().startsWith("label 'tips' has the name of a column"),
        refused.getMessage());
  }

  @Test
  void problems_namesEveryWrongExpression() {
    FeatureSetSpecification set =
        new FeatureSetSpecification(
            "1",
            "fare",
            List.of(
                new FeatureSpecification("good", "fare"),
                new FeatureSpecification("text", "fare + 'a'"),
                new FeatureSpecification("unknown", "fair")),
            new LabelSpecification("generous", "tips"));

    List<ExpressionException> problems = FeatureCompiler.problems(set, COLUMNS);

    assertEquals(
        List.of("filter", "text", "unknown", "generous"),
        problems.stream().map(ExpressionException::expression).toList());
    assertTrue(
        problems.get(2).getMessage().contains("there is no column or function 'fair'"),
        problems.get(2).getMessage());
  }

  @Test
  void problems_ofTwoFeaturesWithOneName_namesIt() {
    FeatureSpecification fare = new FeatureSpecification("f", "fare");

    List<ExpressionException> problems =
        FeatureCompiler.problems(set(List.of(fare, fare)), COLUMNS);

    assertEquals(List.of("f"), problems.stream().map(ExpressionException::expression).toList());
  }

  @Test
  void problems_ofColumnsThatWouldBeCalledTheSame_areTheContracts() {
    List<ColumnContract> columns = new ArrayList<>(COLUMNS);
    for (String name : List.of("a b", "a.b")) {
      columns.add(column(name, ColumnType.NUMBER));
    }

    List<ExpressionException> problems =
        FeatureCompiler.problems(set(List.of(new FeatureSpecification("f", "fare"))), columns);

    assertEquals(
        List.of("contract.columns.a.b"),
        problems.stream().map(ExpressionException::expression).toList());
    assertTrue(
        problems.get(0).getMessage().contains("'a b' and 'a.b' are both called 'a_b'"),
        problems.get(0).getMessage());
  }

  private static String refusal(String expression) {
    return assertThrows(ExpressionException.class, () -> program(expression)).getMessage();
  }
}
