package dev.lockkeeper.starter;

import dev.lockkeeper.attestation.ssh.SshSigner;
import dev.lockkeeper.contracts.approval.DecisionReceipt;
import dev.lockkeeper.formats.approval.AcceptedDecision;
import dev.lockkeeper.formats.approval.DecisionDocument;
import dev.lockkeeper.formats.approval.DecisionDocumentFormat;
import dev.lockkeeper.formats.approval.DecisionKind;
import dev.lockkeeper.formats.approval.SignedDecision;
import dev.lockkeeper.formats.run.RunId;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code approve} and {@code reject} share. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DecisionOptions {

  /** A document that was signed elsewhere. */
  static final class Signed {

    @Option(
        names = "--document",
        required = true,
        paramLabel = "FILE",
        description = "The document of 'review --write' …")
    private Path document;

    @Option(
        names = "--signature",
        required = true,
        paramLabel = "FILE",
        description = "… and its signature, as 'ssh-keygen -Y sign' made it.")
    private Path signature;
  }

  /** Either a key or a document that was signed already. */
  static final class Way {

    @Option(
        names = "--key",
        required = true,
        paramLabel = "FILE",
        description = "Your unencrypted Ed25519 or ECDSA key ('ssh-keygen -t ed25519').")
    private @Nullable Path key;

    @ArgGroup(exclusive = false)
    private @Nullable Signed signed;
  }

  @Parameters(paramLabel = "RUN", description = "The run: MODEL@VERSION.")
  private String run;

  @ArgGroup(multiplicity = "1")
  private Way way;

  @Option(
      names = "--as",
      paramLabel = "PRINCIPAL",
      description = "Your principal (default: LOCKKEEPER_USER, else your user name).")
  private @Nullable String principal;

  /** Whether the command signs; else the document was signed elsewhere. */
  boolean signsHere() {
    return way.key != null;
  }

  int send(LockkeeperCommand top, DecisionKind kind, String reason) throws IOException {
    RunId id = RunOnServer.parse(run);
    SshSigner signer = way.key == null ? null : signer(way.key);
    SignedDecision ready = way.signed == null ? null : signed(way.signed, kind);
    try (Telemetry.Session tracing = top.telemetry().start(top.state());
        Connection connection = Connection.open(top, tracing.openTelemetry())) {
      RunOnServer target = connection.run(id);
      if (signer != null && kind == DecisionKind.APPROVE) {
        String startedBy = target.review().startedBy();
        if (!startedBy.isEmpty()) {
          top.console().note(Principal.claimed(startedBy));
        }
      }
      SignedDecision decision =
          signer == null
              ? java.util.Objects.requireNonNull(ready)
              : Decisions.sign(target, kind, Principal.of(principal), reason, signer);
      return answer(
          top, id, target.decide(decision, waiting -> top.console().note("waiting: " + waiting)));
    }
  }

  private static int answer(LockkeeperCommand top, RunId run, DecisionReceipt receipt) {
    if (top.json()) {
      top.console().answerJson(receipt);
    } else if (receipt instanceof DecisionReceipt.Accepted accepted) {
      AcceptedDecision counts = accepted.decision();
      top.console()
          .answer(
              counts.decision()
                  + " by "
                  + counts.approver()
                  + " counts for "
                  + run
                  + " (key "
                  + counts.keyFingerprint()
                  + "): "
                  + receipt.message());
    } else if (receipt instanceof DecisionReceipt.Sent) {
      top.console().note("the decision is not judged yet: " + receipt.message());
    } else {
      top.console().note("error: the decision does not count: " + receipt.message());
    }
    return exitCode(receipt).code();
  }

  private static ExitCode exitCode(DecisionReceipt receipt) {
    if (receipt instanceof DecisionReceipt.Accepted) {
      return ExitCode.OK;
    }
    return receipt instanceof DecisionReceipt.Sent ? ExitCode.UNREACHABLE : ExitCode.REFUSED;
  }

  private static SshSigner signer(Path key) throws FileSystemException {
    requireThere(key, "--key names your private key");
    try {
      return SshSigner.load(key);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  private static SignedDecision signed(Signed files, DecisionKind kind) throws IOException {
    String document = text(files.document, "--document names what 'review --write' wrote");
    String signature = text(files.signature, "--signature names what 'ssh-keygen -Y sign' made");
    try {
      DecisionDocument read =
          DecisionDocumentFormat.INSTANCE.read(document.getBytes(StandardCharsets.UTF_8));
      if (read.decision() != kind) {
        throw new CommandException(
            ExitCode.USAGE,
            files.document + " decides " + read.decision() + ", but the command is " + kind);
      }
      return new SignedDecision(document, signature, "");
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, files.document + ": " + e.getMessage(), e);
    }
  }

  private static String text(Path file, String expected) throws IOException {
    requireThere(file, expected);
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new CommandException(ExitCode.USAGE, file + ": is not text; " + expected, e);
    }
  }

  private static void requireThere(Path file, String expected) {
    if (!Files.exists(file) || Files.isDirectory(file)) {
      String what = Files.isDirectory(file) ? ": is a folder; " : ": no such file; ";
      throw new CommandException(ExitCode.USAGE, file + what + expected);
    }
  }
}
