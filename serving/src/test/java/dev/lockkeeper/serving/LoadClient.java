package dev.lockkeeper.serving;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Several connections that each send one HTTP/1.1 request after the other and wait for its answer.
 * It costs little itself: the request is encoded once and the answer is read but not parsed.
 */
final class LoadClient {

  private static final int LONGEST_ANSWER = 1 << 20;

  private final int port;
  private final byte[] request;

  LoadClient(int port, String path, String body) {
    this.port = port;
    this.request =
        ("POST "
                + path
                + " HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
                + "content-length: "
                + body.getBytes(StandardCharsets.UTF_8).length
                + "\r\n\r\n"
                + body)
            .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Nanoseconds of every answered request, in no order. A connection that the server asks to close
   * is closed, and no other is opened.
   *
   * @throws IOException if a request that was sent is not answered
   */
  long[] run(int connections, Duration time) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try {
      long end = System.nanoTime() + time.toNanos();
      List<Callable<long[]>> clients = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        clients.add(() -> ask(end));
      }
      List<long[]> times = new ArrayList<>();
      for (Future<long[]> client : threads.invokeAll(clients)) {
        times.add(client.get());
      }
      return times.stream().flatMapToLong(Arrays::stream).toArray();
    } finally {
      threads.shutdown();
    }
  }

  private long[] ask(long end) throws IOException {
    long[] times = new long[1 << 10];
    int count = 0;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
      boolean open = true;
      for (long start = System.nanoTime(); open && start < end; ) {
        socket.getOutputStream().write(request);
        open = answered(in);
        long now = System.nanoTime();
        if (count == times.length) {
          times = Arrays.copyOf(times, 2 * count);
        }
        times[count++] = now - start;
        start = now;
      }
    }
    return Arrays.copyOf(times, count);
  }

  /** Reads an answer; returns whether the connection stays open. */
  private static boolean answered(InputStream in) throws IOException {
    String status = line(in);
    int length = 0;
    boolean open = true;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(header.substring(15).strip());
      }
      open &= !header.equalsIgnoreCase("connection: close");
    }
    if (length > LONGEST_ANSWER) {
      throw new IOException("an answer of " + length + " bytes");
    }
    byte[] body = in.readNBytes(length);
    if (!status.startsWith("HTTP/1.1 200")) {
      throw new IOException(status + ": " + new String(body, StandardCharsets.UTF_8));
    }
    return open;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
