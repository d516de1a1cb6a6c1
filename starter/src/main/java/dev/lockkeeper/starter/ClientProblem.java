package dev.lockkeeper.starter;

import dev.lockkeeper.client.ClientException;
import dev.lockkeeper.client.LockkeeperClient;

/** What a person at the command line is told when a call to the server did not do its work. */
final class ClientProblem {

  private ClientProblem() {}

  static CommandException ofConnecting(ServerAddress server, ClientException problem) {
    return switch (problem.kind()) {
      case CONFIGURATION ->
          error(ExitCode.USAGE, server.choice() + ": " + problem.detail(), problem);
      case NAMESPACE_UNKNOWN ->
          error(
              ExitCode.NOT_FOUND,
              server.choice()
                  + " has no such namespace; TEMPORAL_NAMESPACE or the profile names another one",
              problem);
      default ->
          error(
              ExitCode.UNREACHABLE,
              server.choice()
                  + " does not answer within "
                  + LockkeeperClient.PATIENCE.toSeconds()
                  + " s: start it, or stop and start './lockkeeper dev', which goes on where it was",
              problem);
    };
  }

  static CommandException ofCalling(ServerAddress server, ClientException problem) {
    String what = problem.subject();
    String address = server.temporal().address();
    return switch (problem.kind()) {
      case UNREACHABLE ->
          error(
              ExitCode.UNREACHABLE,
              what
                  + ": no answer from "
                  + address
                  + ": the server or the pipeline worker is not running; start './lockkeeper dev'"
                  + " or a worker with role pipeline",
              problem);
      case UNKNOWN, NAMESPACE_UNKNOWN ->
          error(
              ExitCode.NOT_FOUND,
              what + " is not known on " + address + "; 'list' shows what is",
              problem);
      case ENDED ->
          error(ExitCode.CONFLICT, what + " has ended; './lockkeeper status' shows how", problem);
      case UNSUPPORTED ->
          error(
              ExitCode.CONFLICT,
              what
                  + ": the in-memory server cannot do this; get the real one with '"
                  + TemporalExecutable.howToGet()
                  + "' and start again",
              problem);
      case QUERY_FAILED ->
          error(
              ExitCode.FAILED,
              what + ": the pipeline worker cannot answer, its log says why: " + problem.detail(),
              problem);
      case NOT_DONE -> error(ExitCode.UNREACHABLE, what + ": " + problem.detail(), problem);
      case EXISTS -> error(ExitCode.CONFLICT, existing(what), problem);
      case NOT_AWAITED -> error(ExitCode.CONFLICT, what + ": " + problem.detail(), problem);
      case INVALID, CONFIGURATION -> error(ExitCode.USAGE, what + ": " + problem.detail(), problem);
      case FAILED -> error(ExitCode.FAILED, what + ": " + problem.detail(), problem);
    };
  }

  private static String existing(String run) {
    return run
        + " exists already: a version is made once; give another one with --version, or see"
        + " './lockkeeper status "
        + run.replaceFirst("^run ", "")
        + "'";
  }

  static CommandException ofRollingBack(
      ServerAddress server, String endpoint, ClientException problem) {
    String subject = "endpoint " + endpoint;
    if (!problem.subject().equals(subject)) {
      return ofCalling(server, problem);
    }
    return switch (problem.kind()) {
      case EXISTS ->
          error(
              ExitCode.CONFLICT,
              subject + " is being rolled back already; wait for that to end",
              problem);
      case UNKNOWN -> error(ExitCode.NOT_FOUND, subject + " " + problem.detail(), problem);
      case NOT_DONE -> error(ExitCode.UNREACHABLE, subject + " " + problem.detail(), problem);
      default -> error(ExitCode.FAILED, subject + " " + problem.detail(), problem);
    };
  }

  private static CommandException error(ExitCode code, String message, ClientException cause) {
    return new CommandException(code, message, cause);
  }
}
