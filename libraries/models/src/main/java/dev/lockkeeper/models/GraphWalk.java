package dev.lockkeeper.models;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The nodes in their order: each of an allowed kind, over values that are there, in bounded size.
 */
final class GraphWalk {

  private static final int MAXIMUM_NODES = 10_000;
  private static final int MAXIMUM_RANK = 8;

  private final Set<String> domains;
  private final ValueSizes sizes = new ValueSizes();
  private final MatrixShapeCheck matrices = new MatrixShapeCheck();
  private final IntegerDivisionCheck wholeNumbers = new IntegerDivisionCheck();
  private final SortedMap<String, Integer> operators = new TreeMap<>();

  private GraphWalk(Set<String> domains) {
    this.domains = domains;
  }

  /** Walks a graph and returns how many nodes of each operator it has. */
  static SortedMap<String, Integer> walk(GraphProto graph, Set<String> domains) {
    if (graph.getNodeCount() == 0 || graph.getNodeCount() > MAXIMUM_NODES) {
      throw new ModelRefusedException(
          "its graph has "
              + graph.getNodeCount()
              + " nodes; 1 to "
              + MAXIMUM_NODES
              + " are served");
    }
    if (graph.getSparseInitializerCount() > 0) {
      throw new ModelRefusedException("it has sparse tensors; export them dense");
    }
    GraphWalk walk = new GraphWalk(domains);
    walk.constants(graph.getInitializerList());
    walk.inputs(graph);
    graph.getValueInfoList().forEach(value -> requireTensor("value", value));
    graph.getNodeList().forEach(walk::node);
    for (ValueInfoProto output : graph.getOutputList()) {
      requireTensor("output", output);
      walk.sizes.require(output.getName(), "the graph's outputs");
    }
    return walk.operators;
  }

  private void constants(List<TensorProto> initializers) {
    for (TensorProto tensor : initializers) {
      String where = "initializer '" + tensor.getName() + "'";
      long elements = TensorCheck.require(tensor, where);
      sizes.define(tensor.getName(), elements, where);
      sizes.remember(tensor.getName(), elements, () -> ValueSizes.numbers(tensor));
      matrices.constant(tensor.getName(), tensor.getDimsCount());
      wholeNumbers.constant(tensor);
    }
  }

  private void inputs(GraphProto graph) {
    Set<String> defaults =
        graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
    for (ValueInfoProto input : graph.getInputList()) {
      long elements = requireTensor("input", input);
      if (!defaults.remove(input.getName())) {
        sizes.define(input.getName(), elements, "input '" + input.getName() + "'");
        matrices.input(input);
      }
    }
  }

  private void node(NodeProto node) {
    String where = "node '" + node.getName() + "' (" + node.getOpType() + ")";
    Operators.require(node.getDomain(), node.getOpType());
    if (!domains.contains(Operators.name(node.getDomain()))) {
      throw new ModelRefusedException(
          where + " is of an operator set that the model does not import");
    }
    if (!node.getOverload().isEmpty()) {
      throw new ModelRefusedException(where + " names an overload of a function");
    }
    AttributeCheck.require(node, where);
    if (node.getOpType().startsWith("TreeEnsemble")) {
      TreeCheck.require(node, where);
    }
    sizes.node(node, where);
    matrices.node(node, where);
    wholeNumbers.node(node, where);
    operators.merge(node.getOpType(), 1, Integer::sum);
  }

  /** Requires a dense tensor and returns its elements in one row. */
  private static long requireTensor(String kind, ValueInfoProto value) {
    String what = kind + " '" + value.getName() + "'";
    if (value.hasType() && !value.getType().hasTensorType()) {
      throw new ModelRefusedException(what + " is not a dense tensor");
    }
    TensorShapeProto shape = value.getType().getTensorType().getShape();
    if (shape.getDimCount() > MAXIMUM_RANK) {
      throw new ModelRefusedException(what + " has more than " + MAXIMUM_RANK + " dimensions");
    }
    double elements = 1;
    for (TensorShapeProto.Dimension dimension : shape.getDimList()) {
      elements *= Math.max(1, dimension.getDimValue());
    }
    if (elements > ValueSizes.MAXIMUM_ELEMENTS) {
      throw new ModelRefusedException(what + " has too many elements");
    }
    return (long) elements;
  }
}
