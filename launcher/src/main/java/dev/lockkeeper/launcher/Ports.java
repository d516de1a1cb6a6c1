package dev.lockkeeper.launcher;

import dev.lockkeeper.starter.CommandException;
import dev.lockkeeper.starter.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports on the loopback address. */
final class Ports {

  private Ports() {}

  /**
   * The port if it is free, any free one for 0.
   *
   * @throws CommandException if it is in use; the message names the flag
   */
  static int require(int port, String flag, String what) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket.getLocalPort();
    } catch (java.net.BindException e) {
      throw new CommandException(
          ExitCode.CONFLICT,
          "port "
              + port
              + " for "
              + what
              + " is in use; stop what uses it, or name another one with "
              + flag
              + " (0 takes any free one)",
          e);
    }
  }
}
