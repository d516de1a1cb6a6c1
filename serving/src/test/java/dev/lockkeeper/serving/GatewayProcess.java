package dev.lockkeeper.serving;

import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.serving.gateway.Gateway;
import dev.lockkeeper.serving.gateway.GatewayConfiguration;
import java.nio.file.Path;

/** A gateway and nothing else in a process: says its port, and ends with its standard input. */
final class GatewayProcess {

  private GatewayProcess() {}

  public static void main(String[] state) throws Exception {
    StateFolder folder = new StateFolder(Path.of(state[0]));
    Gateway gateway = Gateway.start(GatewayConfiguration.standard("127.0.0.1", 0, folder));
    System.out.println("port " + gateway.port());
    System.in.read();
    Runtime.getRuntime().halt(0);
  }
}
