package dev.lockkeeper.models;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A tree ensemble whose every walk from a root ends: no node has two parents, no root has one, and
 * every child exists. None is so deep that a runtime that walks it by calling itself runs out of
 * stack: at 4,000 levels ONNX Runtime 1.28 ends the process that loads the model.
 */
final class TreeCheck {

  /** Levels below a root. The runtime's test loads and asks a tree of so many. */
  static final int MAXIMUM_DEPTH = 256;

  private record Id(long tree, long node) {}

  private final Map<String, AttributeProto> attributes = new HashMap<>();
  private final Map<Id, List<Id>> children = new HashMap<>();
  private final String where;

  private TreeCheck(NodeProto node, String where) {
    this.where = where;
    node.getAttributeList().forEach(a -> attributes.put(a.getName(), a));
  }

  static void require(NodeProto node, String where) {
    new TreeCheck(node, where).require();
  }

  private void require() {
    List<Long> trees = ints("nodes_treeids");
    List<Long> nodes = ints("nodes_nodeids");
    List<Long> left = ints("nodes_truenodeids");
    List<Long> right = ints("nodes_falsenodeids");
    List<ByteString> modes = attribute("nodes_modes").getStringsList();
    int count = trees.size();
    if (nodes.size() != count
        || left.size() != count
        || right.size() != count
        || modes.size() != count) {
      throw new ModelRefusedException(where + " has node lists of different lengths");
    }
    Map<Id, Integer> parents = new HashMap<>();
    Map<Long, Id> roots = new HashMap<>();
    for (int i = 0; i < count; i++) {
      Id id = new Id(trees.get(i), nodes.get(i));
      if (parents.put(id, 0) != null) {
        throw new ModelRefusedException(where + " lists " + name(id) + " twice");
      }
      roots.putIfAbsent(id.tree(), id);
    }
    for (int i = 0; i < count; i++) {
      if (!modes.get(i).toStringUtf8().equals("LEAF")) {
        Id id = new Id(trees.get(i), nodes.get(i));
        List<Id> both =
            List.of(new Id(trees.get(i), left.get(i)), new Id(trees.get(i), right.get(i)));
        both.forEach(child -> adopt(child, parents));
        children.put(id, both);
      }
    }
    for (Id root : roots.values()) {
      if (parents.getOrDefault(root, 0) != 0) {
        throw new ModelRefusedException(where + ": " + name(root) + " is the child of a node");
      }
      requireDepth(root);
    }
  }

  /** Level by level, since a tree may be deeper than this thread's stack. */
  private void requireDepth(Id root) {
    List<Id> level = List.of(root);
    for (int depth = 0; !level.isEmpty(); depth++) {
      if (depth > MAXIMUM_DEPTH) {
        throw new ModelRefusedException(
            where + ": tree " + root.tree() + " is deeper than " + MAXIMUM_DEPTH + " levels");
      }
      level = level.stream().flatMap(id -> children.getOrDefault(id, List.of()).stream()).toList();
    }
  }

  private void adopt(Id child, Map<Id, Integer> parents) {
    Integer before = parents.get(child);
    if (before == null) {
      throw new ModelRefusedException(where + " has no " + name(child) + ", which is a child");
    }
    if (before > 0) {
      throw new ModelRefusedException(where + ": " + name(child) + " is a child twice");
    }
    parents.put(child, 1);
  }

  private List<Long> ints(String name) {
    return attribute(name).getIntsList();
  }

  private AttributeProto attribute(String name) {
    return attributes.getOrDefault(name, AttributeProto.getDefaultInstance());
  }

  private static String name(Id id) {
    return "node " + id.node() + " of tree " + id.tree();
  }
}
