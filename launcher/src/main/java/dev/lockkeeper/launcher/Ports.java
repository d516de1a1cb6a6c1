package dev.lockkeeper.launcher;

import dev.lockkeeper.starter.CommandException;
import dev.lockkeeper.starter.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports on the loopback address. */
final class Ports {

  private static final int HIGHEST = 65_535;

  private Ports() {}

  /**
   * The port if it is free, any free one for 0.
   *
   * @throws CommandException if it is in use or none; the message names the flag
   */
  static int require(int port, String flag, String what) throws IOException {
    requireNumber(port, flag, what);
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
              + (String.valueOf(e.getMessage()).contains("in use")
                  ? " is in use; stop what uses it, or"
                  : " cannot be opened (" + e.getMessage() + ");")
              + " name another one with "
              + flag
              + " (0 takes any free one)",
          e);
    }
  }

  /**
   * Refuses a number that is not a port.
   *
   * @throws CommandException that names the flag
   */
  static void requireNumber(int port, String flag, String what) {
    if (port < 0 || port > HIGHEST) {
      throw new CommandException(
          ExitCode.USAGE,
          flag
              + " "
              + port
              + ": the port of "
              + what
              + " is 1 to "
              + HIGHEST
              + ", 0 for any free one");
    }
  }
}
