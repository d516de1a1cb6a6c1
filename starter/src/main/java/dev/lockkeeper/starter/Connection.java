package dev.lockkeeper.starter;

import dev.lockkeeper.client.ClientException;
import dev.lockkeeper.client.LockkeeperClient;
import dev.lockkeeper.formats.run.RunId;
import io.opentelemetry.api.OpenTelemetry;
import java.util.function.Function;
import java.util.function.Supplier;

/** A command's connection to the Temporal server; turns what goes wrong into clear errors. */
public final class Connection implements AutoCloseable {

  private final ServerAddress server;
  private final LockkeeperClient client;

  private Connection(ServerAddress server, LockkeeperClient client) {
    this.server = server;
    this.client = client;
  }

  /** Connects to the server that a command finds, and prints which one that is. */
  static Connection open(LockkeeperCommand top) {
    ServerAddress server = found(top);
    return open(server);
  }

  /** As {@link #open(LockkeeperCommand)}; what the command starts and decides is traced. */
  static Connection open(LockkeeperCommand top, OpenTelemetry openTelemetry) {
    return open(found(top), openTelemetry);
  }

  /**
   * Connects.
   *
   * @throws CommandException if the server does not answer
   */
  public static Connection open(ServerAddress server) {
    return connected(server, address -> LockkeeperClient.connect(address.temporal()));
  }

  /** As {@link #open(ServerAddress)}; what is started and decided is traced. */
  public static Connection open(ServerAddress server, OpenTelemetry openTelemetry) {
    return connected(
        server, address -> LockkeeperClient.connect(address.temporal(), openTelemetry));
  }

  private static ServerAddress found(LockkeeperCommand top) {
    ServerAddress server = ServerAddress.find(top.state());
    top.console().note("using " + server.choice());
    return server;
  }

  private static Connection connected(
      ServerAddress server, Function<ServerAddress, LockkeeperClient> connect) {
    try {
      return new Connection(server, connect.apply(server));
    } catch (ClientException e) {
      throw ClientProblem.ofConnecting(server, e);
    }
  }

  public LockkeeperClient client() {
    return client;
  }

  public ServerAddress server() {
    return server;
  }

  /** A run, as {@link RunId} names it. */
  public RunOnServer run(RunId run) {
    return new RunOnServer(this, client.run(run));
  }

  /**
   * Calls the server.
   *
   * @throws CommandException if it does not do what is asked
   */
  public <T> T call(Supplier<T> call) {
    try {
      return call.get();
    } catch (ClientException e) {
      throw ClientProblem.ofCalling(server, e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
