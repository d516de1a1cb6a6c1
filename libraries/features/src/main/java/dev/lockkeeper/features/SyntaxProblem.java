package dev.lockkeeper.features;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the parser says, in words of the language instead of the parser's own. */
final class SyntaxProblem {

  private static final String END = "<EOF>";

  private static final Map<Pattern, String> WORDS =
      Map.of(
          Pattern.compile("(?:mismatched|extraneous) input '(.*?)' expecting .*", Pattern.DOTALL),
          "'$1' is not expected here",
          Pattern.compile("no viable alternative at input '(.*)'", Pattern.DOTALL),
          "cannot be read from here on: '$1'",
          Pattern.compile("token recognition error at: '(.*)'", Pattern.DOTALL),
          "'$1' is not a character of the language",
          Pattern.compile("missing '?(.*?)'? at '(.*)'", Pattern.DOTALL),
          "'$1' is missing before '$2'");

  private SyntaxProblem() {}

  static String inWords(String message) {
    for (Map.Entry<Pattern, String> known : WORDS.entrySet()) {
      Matcher said = known.getKey().matcher(message);
      if (said.matches()) {
        String plain = said.replaceFirst(known.getValue());
        return plain.startsWith("'" + END)
            ? "it ends too early"
            : plain.replace("'" + END + "'", "the end");
      }
    }
    return message;
  }
}
