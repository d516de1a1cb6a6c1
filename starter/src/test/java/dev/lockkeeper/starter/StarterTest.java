package dev.lockkeeper.starter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.attestation.StateFolder;
import io.opentelemetry.api.OpenTelemetry;
import io.temporal.testserver.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

class StarterTest {

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void everyCommand_helpsWithAnExample() {
    for (String command :
        List.of(
            "run",
            "list",
            "status",
            "review",
            "approve",
            "reject",
            "cancel",
            "endpoints",
            "rollback",
            "verify",
            "validate",
            "generate-completion")) {
      out.reset();

      assertEquals(0, execute(command, "--help"), command);
      assertTrue(text(out).contains("Example:"), command);
    }
  }

  @Test
  void answerThatCannotBeWritten_isAnError() {
    OutputStream full = failing("No space left on device");

    assertEquals(1, execute(full, "--version"));
    assertTrue(text(err).startsWith("error: the answer cannot be written to standard output"));
  }

  @Test
  void readerThatHasSeenEnough_isNone() {
    OutputStream gone = failing("Broken pipe");

    assertEquals(0, execute(new PipedOutput(gone), "--version"));
    assertEquals("", text(err));
  }

  @Test
  void commandThatDoesNotExist_isNamedWithTheNearest() {
    assertEquals(2, execute("statsu", "taxi@1"));
    assertEquals(
        """
        error: there is no command 'statsu'; did you mean 'status'?
               './lockkeeper --help' shows how it is used
        """,
        text(err));
  }

  @Test
  void commandThatComesFirst_isTheOnlyOneWhoseOptionsAreRead() {
    assertEquals(Set.of("list"), commands("list", "--limit", "3"));
    assertEquals(Set.of("write"), commands("write"));
    Set<String> all = commands();
    assertTrue(all.containsAll(Set.of("list", "status", "write")), all.toString());
    assertEquals(all, commands("--output", "json", "list"));
    assertEquals(all, commands("--help"));
    assertEquals(all, commands("statsu", "list"));
  }

  @Test
  void optionsBeforeTheCommand_areTaken() {
    assertEquals(2, execute("--output", "json", "list", "--limit", "0"));
    assertEquals("error: --limit 0: expected 1 or more\n", text(err));
  }

  @Test
  void completion_hasEveryCommand() {
    assertEquals(0, execute("generate-completion"));
    for (String command : List.of("list", "status", "write")) {
      assertTrue(text(out).contains("function _picocli_lockkeeper_" + command + "()"), command);
    }
  }

  @Test
  void noCommand_isAUsageError() {
    assertEquals(2, execute());
    assertEquals(
        "error: no command given\n       './lockkeeper --help' shows how it is used\n", text(err));
  }

  @Test
  void examples_standOnOneLineOrGoOnWithABackslash() {
    for (String command : List.of("run", "review", "approve", "reject", "rollback")) {
      out.reset();
      execute(command, "--help");

      List<String> lines = text(out).lines().dropWhile(l -> !l.equals("Example:")).toList();
      assertTrue(
          lines.stream().allMatch(l -> l.isEmpty() || l.startsWith("  ") || l.endsWith(":")),
          lines.toString());
    }
  }

  @Test
  void list_withALimitBelowOne_isAUsageError() {
    assertEquals(2, execute("list", "--limit", "0", "--state", folder.toString()));
    assertEquals("error: --limit 0: expected 1 or more\n", text(err));
  }

  @Test
  void status_ofNoRunId_isAUsageError() {
    assertEquals(2, execute("status", "Taxi"));
    assertEquals("error: run 'Taxi': expected MODEL@VERSION, for example taxi-tips@1\n", text(err));
  }

  @Test
  void status_ofAnEndpointThatIsNotThere_namesTheFolderAndTheWayToTheOthers() throws IOException {
    new StateFolder(folder).initialise(List.of());

    assertEquals(6, execute("status", "taxi", "--state", folder.toString()));
    assertTrue(text(err).startsWith("error: no endpoint 'taxi' in " + folder), text(err));
    assertTrue(text(err).contains("A run is named MODEL@VERSION"), text(err));
  }

  @Test
  void endpoints_ofANewFolder_areNone() throws IOException {
    new StateFolder(folder).initialise(List.of());

    assertEquals(0, execute("endpoints", "--state", folder.toString()));
    assertEquals("no endpoint serves anything yet\n", text(out));
  }

  @Test
  void rollback_ofNoEndpoint_isAUsageError() {
    assertEquals(2, execute("rollback", "taxi tips", "--state", folder.toString()));
    assertTrue(text(err).startsWith("error: endpoint 'taxi tips': expected lower-case"), text(err));
  }

  @Test
  void status_withoutServer_saysWhatToStart() {
    assertEquals(5, execute("status", "taxi@1", "--state", folder.toString()));
    assertTrue(text(err).contains("start './lockkeeper dev'"), text(err));
    assertFalse(text(err).contains("\tat "), text(err));
  }

  @Test
  void error_withVerbose_saysWhereItCameFrom() {
    assertEquals(5, execute("status", "taxi@1", "--verbose", "--state", folder.toString()));
    assertTrue(text(err).contains("\tat dev.lockkeeper.starter.ServerAddress"), text(err));
  }

  @Test
  void status_ofUnknownRun_isNotFound() throws IOException {
    int port = freePort();
    try (TestServer.PortBoundTestServer server = TestServer.createPortBoundServer(port)) {
      serve(port);

      assertEquals(6, execute("status", "taxi@1", "--state", folder.toString()));
      assertTrue(text(err).contains("run taxi@1 is not known"), text(err));
    }
  }

  @Test
  void list_onTheInMemoryServer_saysHowToGetTheRealOne() throws IOException {
    int port = freePort();
    try (TestServer.PortBoundTestServer server = TestServer.createPortBoundServer(port)) {
      serve(port);

      assertEquals(7, execute("list", "--state", folder.toString()));
      assertTrue(text(err).contains("the in-memory server cannot list runs"), text(err));
      assertTrue(text(err).contains("go install github.com/temporalio/cli"), text(err));
    }
  }

  @Test
  void list_onAnInMemoryServerOfSomebodyElse_isNoBareUnimplemented() throws IOException {
    int port = freePort();
    try (TestServer.PortBoundTestServer server = TestServer.createPortBoundServer(port)) {
      serve(port, "127.0.0.1:" + port);

      assertEquals(7, execute("list", "--state", folder.toString()));
      assertTrue(text(err).contains("the in-memory server cannot do this"), text(err));
      assertFalse(text(err).contains("UNIMPLEMENTED"), text(err));
    }
  }

  @Test
  void stateFolderThatCannotBeMade_isNamed() throws IOException {
    Path state = Files.writeString(folder.resolve("file"), "").resolve("state");

    assertEquals(2, execute("write", "--state", state.toString()));
    assertEquals(
        "error: "
            + state
            + " cannot be used (Not a directory): the state folder "
            + state
            + " must be writable by this user; check its owner and mode, or name another one with"
            + " --state\n",
        text(err));
  }

  @Test
  void fileBesideTheStateFolder_isNamedWithoutIt() {
    Path file = folder.resolve("no/file");

    assertEquals(2, execute("write", "--to", file.toString(), "--state", "/nowhere"));
    assertEquals(
        "error: "
            + file
            + " cannot be used (no such file or folder): check the path, its owner and its mode\n",
        text(err));
  }

  @Test
  void validate_ofMissingFile_namesIt() {
    assertEquals(2, execute("validate", "nowhere.yaml"));
    assertTrue(text(err).startsWith("error: nowhere.yaml: no such file"), text(err));
  }

  @Test
  void verify_withoutState_isNotFound() {
    assertEquals(6, execute("verify", "taxi@1", "--state", folder.resolve("no").toString()));
    assertTrue(text(err).contains("is not a state folder"), text(err));
  }

  @Test
  void reject_withoutReason_isAUsageError() {
    assertEquals(2, execute("reject", "taxi@1", "--key", "k"));
    assertEquals("error: --reason TEXT is missing: say why you reject the run\n", text(err));
  }

  @Test
  void key_thatIsNone_isNamedWithWhatIsExpected() throws IOException {
    Path missing = folder.resolve("no");
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0, (byte) 0xfe});
    Path published = Files.writeString(folder.resolve("k.pub"), "ssh-ed25519 AAAAC3NzaC1lZDI1 a");

    assertEquals(2, execute("approve", "taxi@1", "--key", missing.toString()));
    assertEquals(2, execute("approve", "taxi@1", "--key", folder.toString()));
    assertEquals(2, execute("approve", "taxi@1", "--key", binary.toString()));
    assertEquals(2, execute("approve", "taxi@1", "--key", published.toString()));

    List<String> said = text(err).lines().toList();
    assertEquals("error: " + missing + ": no such file; --key names your private key", said.get(0));
    assertEquals("error: " + folder + ": is a folder; --key names your private key", said.get(1));
    assertTrue(
        said.get(2).startsWith("error: " + binary + " is not an OpenSSH private key; "),
        said.get(2));
    assertTrue(
        said.get(3).startsWith("error: " + published + " is a public key; name the private one"),
        said.get(3));
  }

  @Test
  void document_thatIsNone_isNamedWithWhatIsExpected() throws IOException {
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0, (byte) 0xfe});
    Path document = Files.writeString(folder.resolve("decision.json"), "{}");

    assertEquals(2, approve(binary, document));
    assertEquals(2, approve(document, folder));

    assertEquals(
        List.of(
            "error: " + binary + ": is not text; --document names what 'review --write' wrote",
            "error: " + folder + ": is a folder; --signature names what 'ssh-keygen -Y sign' made"),
        text(err).lines().toList());
  }

  private int approve(Path document, Path signature) {
    return execute(
        "approve",
        "taxi@1",
        "--document",
        document.toString(),
        "--signature",
        signature.toString());
  }

  private void serve(int port) throws IOException {
    serve(port, "memory");
  }

  private void serve(int port, String kind) throws IOException {
    Files.createDirectories(folder);
    new DevFile("127.0.0.1:" + port, "default", kind, "", "", ProcessHandle.current().pid(), 0)
        .write(new StateFolder(folder));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static OutputStream failing(String reason) {
    return new OutputStream() {
      @Override
      public void write(int octet) throws IOException {
        throw new IOException(reason);
      }
    };
  }

  private int execute(String... arguments) {
    return execute(out, arguments);
  }

  private int execute(OutputStream answers, String... arguments) {
    return Starter.execute(extras(), console(answers), arguments);
  }

  private Set<String> commands(String... arguments) {
    return Starter.commandLine(extras(), console(out), arguments).getSubcommands().keySet();
  }

  private static CliExtensions extras() {
    return new CliExtensions(
        specification -> List.of(),
        state -> new Untraced(),
        (state, gateways, input) -> {
          throw new CommandException(ExitCode.FAILED, "no deployment role");
        },
        List.of(new Write()));
  }

  private Console console(OutputStream answers) {
    return new Console(
        new PrintStream(answers, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        false);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }

  private static final class Untraced implements Telemetry.Session {

    @Override
    public OpenTelemetry openTelemetry() {
      return OpenTelemetry.noop();
    }

    @Override
    public void close() {}
  }

  /** A command that writes, as the launcher's do. */
  @Command(name = "write")
  private static final class Write implements Callable<Integer> {

    @ParentCommand private LockkeeperCommand top;

    @Option(names = "--to")
    private Path file;

    @Override
    public Integer call() throws IOException {
      if (file == null) {
        top.state().initialise(List.of());
      } else {
        Files.writeString(file, "");
      }
      return 0;
    }
  }
}
