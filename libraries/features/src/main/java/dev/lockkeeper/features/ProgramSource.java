package dev.lockkeeper.features;

import java.util.List;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.commons.compiler.InternalCompilerException;
import org.codehaus.janino.SimpleCompiler;

/** Writes and loads the one class of a feature program. */
final class ProgramSource {

  private static final String CLASS = "dev.lockkeeper.features.generated.Program";

  private ProgramSource() {}

  /**
   * A class for each feature keeps its method and its constants far below the limits of a class
   * file.
   */
  static String write(List<String> features, String keep, String label, List<String> constants) {
    StringBuilder source = new StringBuilder("package dev.lockkeeper.features.generated;\n");
    source.append("import dev.lockkeeper.features.RowBuffer;\n");
    source.append("public final class Program implements dev.lockkeeper.features.CompiledRow {\n");
    constants.forEach(constant -> source.append(constant).append('\n'));
    for (int i = 0; i < features.size(); i++) {
      source.append("static final class Feature").append(i).append(" {\n");
      method(source, "static double value", features.get(i));
      source.append("}\n");
    }
    method(source, "public boolean keep", keep);
    method(source, "public boolean label", label);
    source.append("public void compute(RowBuffer row, float[] out) {\n");
    for (int i = 0; i < features.size(); i++) {
      source
          .append("out[")
          .append(i)
          .append("] = (float) Feature")
          .append(i)
          .append(".value(row);\n");
    }
    return source.append("}\n}\n").toString();
  }

  private static void method(StringBuilder source, String head, String body) {
    source.append(head).append("(RowBuffer row) { return ").append(body).append("; }\n");
  }

  static CompiledRow load(String source) {
    try {
      SimpleCompiler compiler = new SimpleCompiler();
      compiler.setParentClassLoader(ProgramSource.class.getClassLoader());
      compiler.cook(source);
      return (CompiledRow)
          compiler.getClassLoader().loadClass(CLASS).getDeclaredConstructor().newInstance();
    } catch (CompileException | InternalCompilerException | ReflectiveOperationException e) {
      throw new ExpressionException("the feature program does not compile: " + e.getMessage(), e);
    }
  }
}
