package dev.lockkeeper.activities.training;

import ai.onnx.proto.OnnxMl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Trainers that try what the training process must not be able to do, and say how it went in the
 * error that they end with.
 */
final class HostileTrainers {

  private HostileTrainers() {}

  /** A trainer with one parameter, {@code target}. */
  abstract static class Hostile implements Trainer {

    @Override
    public SortedMap<String, String> resolve(Map<String, String> given) {
      return new TreeMap<>(given);
    }

    @Override
    public FittedModel fit(
        TrainingTable table,
        SortedMap<String, String> parameters,
        long seed,
        Checkpoints checkpoints)
        throws Exception {
      return attack(String.valueOf(parameters.get("target")));
    }

    abstract FittedModel attack(String target) throws Exception;
  }

  /** Reads a file that is not its own. */
  public static final class Reader extends Hostile {
    @Override
    public String name() {
      return "reader";
    }

    @Override
    FittedModel attack(String target) {
      try {
        throw new IllegalStateException("READ " + Files.readAllBytes(Path.of(target)).length);
      } catch (IOException e) {
        throw new IllegalStateException("blocked: " + e.getClass().getSimpleName(), e);
      }
    }
  }

  /** Writes where others read. */
  public static final class Writer extends Hostile {
    @Override
    public String name() {
      return "writer";
    }

    @Override
    FittedModel attack(String target) {
      try {
        Files.createDirectories(Path.of(target).getParent());
        throw new IllegalStateException("WROTE " + Files.writeString(Path.of(target), "x"));
      } catch (IOException e) {
        throw new IllegalStateException("blocked: " + e.getClass().getSimpleName(), e);
      }
    }
  }

  /** Calls home. */
  public static final class Caller extends Hostile {
    @Override
    public String name() {
      return "caller";
    }

    @Override
    FittedModel attack(String target) {
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(target)),
            2_000);
        throw new IllegalStateException("CONNECTED");
      } catch (IOException e) {
        throw new IllegalStateException("blocked: " + e.getClass().getSimpleName(), e);
      }
    }
  }

  /** Looks for secrets in its environment. */
  public static final class Looker extends Hostile {
    @Override
    public String name() {
      return "looker";
    }

    @Override
    FittedModel attack(String target) {
      throw new IllegalStateException("environment " + new TreeSet<>(System.getenv().keySet()));
    }
  }

  /** Leaves a process behind, of which the target is the name. */
  public static final class Leaver extends Hostile {
    @Override
    public String name() {
      return "leaver";
    }

    @Override
    FittedModel attack(String target) throws Exception {
      Process left =
          new ProcessBuilder("setsid", "nohup", "sleep", target)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      throw new IllegalStateException("left behind, alive: " + left.isAlive());
    }
  }

  /** Has the parent read another file as its model. */
  public static final class Linker extends Hostile {
    @Override
    public String name() {
      return "linker";
    }

    @Override
    FittedModel attack(String target) throws Exception {
      Files.writeString(
          Path.of("report.json"),
          "{\"parameters\":{},\"rows\":1,\"environment\":{},\"phases\":[]}");
      Files.createSymbolicLink(Path.of("model.onnx"), Path.of(target));
      Runtime.getRuntime().halt(0);
      throw new AssertionError("halted");
    }
  }

  /** Hands over something that is not a model of the kind that is served. */
  public static final class Forger extends Hostile {
    @Override
    public String name() {
      return "forger";
    }

    @Override
    FittedModel attack(String target) {
      return switch (target) {
        case "garbage" -> () -> "not a model".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        case "empty" -> () -> new byte[0];
        case "operator" ->
            () ->
                OnnxGraph.model(
                    "forged",
                    3,
                    List.of(
                        OnnxGraph.node("Exec", "com.example", "features", "probability").build()),
                    List.of());
        case "external" -> HostileTrainers::externalData;
        default -> throw new IllegalArgumentException(target);
      };
    }
  }

  private static byte[] externalData() {
    OnnxMl.TensorProto elsewhere =
        OnnxGraph.tensor("slopes", List.of(1f, 1f, 1f), 3, 1).toBuilder()
            .clearFloatData()
            .clearRawData()
            .setDataLocation(OnnxMl.TensorProto.DataLocation.EXTERNAL)
            .addExternalData(
                OnnxMl.StringStringEntryProto.newBuilder()
                    .setKey("location")
                    .setValue("/etc/passwd"))
            .build();
    return OnnxGraph.model(
        "forged",
        3,
        List.of(
            OnnxGraph.node("MatMul", OnnxGraph.STANDARD, "features", "probability")
                .addInput("slopes")
                .build()),
        List.of(elsewhere));
  }

  /** Writes more than anybody serves. */
  public static final class Hoarder extends Hostile {
    @Override
    public String name() {
      return "hoarder";
    }

    @Override
    FittedModel attack(String target) {
      return () -> new byte[(64 << 20) + 1];
    }
  }
}
