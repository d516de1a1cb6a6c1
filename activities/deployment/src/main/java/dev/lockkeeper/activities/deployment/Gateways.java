package dev.lockkeeper.activities.deployment;

import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.formats.deployment.CanaryCounts;
import dev.lockkeeper.formats.deployment.Confirmation;
import dev.lockkeeper.stage.StageException;
import io.opentelemetry.context.Context;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Every gateway that serves the endpoints of a store. Each follows the manifests by itself too. */
final class Gateways {

  /** Longer than a gateway takes to confirm, shorter than a person likes to wait for a dead one. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private static final Duration BETWEEN = Duration.ofMillis(500);

  private final Map<String, DeploymentTarget> targets;
  private final ExecutorService threads =
      Context.taskWrapping(
          Executors.newCachedThreadPool(
              task -> {
                Thread thread = new Thread(task, "gateways");
                thread.setDaemon(true);
                return thread;
              }));

  /**
   * What became of telling one gateway.
   *
   * @param nanos {@link System#nanoTime} when it confirmed
   * @param failure why it did not
   */
  private record Answer(String gateway, long nanos, @Nullable StageException failure) {}

  /**
   * @param targets the gateways by their addresses, at least one
   */
  Gateways(Map<String, DeploymentTarget> targets) {
    this.targets = new LinkedHashMap<>(targets);
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("expected the address of at least one gateway");
    }
  }

  static Gateways open(List<URI> addresses) {
    Map<String, DeploymentTarget> targets = new LinkedHashMap<>();
    addresses.forEach(uri -> targets.put(uri.toString(), DeploymentTargetProvider.find(uri)));
    return new Gateways(targets);
  }

  /**
   * Has each of them confirm. This is for what gives a candidate traffic: it must be possible to
   * count that traffic and to take it back, wherever it is.
   *
   * @param started {@link System#nanoTime} of the decision
   * @throws StageException if one refuses, else if one does not answer
   */
  Confirmation confirmedByEach(String endpoint, long sequence, long started) {
    List<Answer> answers = tell(targets.keySet(), endpoint, sequence, null);
    requireNoFailure(answers, false);
    return confirmation(answers, started);
  }

  /**
   * Has those confirm that answer, and tries the others for a time. This is for what takes traffic
   * back: a gateway that is gone must not stop it.
   *
   * @param started {@link System#nanoTime} of the decision
   * @throws StageException if none confirms
   */
  Confirmation confirmedByAny(String endpoint, long sequence, long started) {
    return told(endpoint, sequence, started, true);
  }

  /** As {@link #confirmedByAny}, but it is no error if none confirms. */
  Confirmation told(String endpoint, long sequence, long started) {
    return told(endpoint, sequence, started, false);
  }

  private Confirmation told(String endpoint, long sequence, long started, boolean requireOne) {
    Map<String, Answer> answers = new LinkedHashMap<>();
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (true) {
      List<String> missing =
          targets.keySet().stream().filter(one -> !isConfirmed(answers.get(one))).toList();
      for (Answer answer : tell(missing, endpoint, sequence, deadline)) {
        answers.put(answer.gateway(), answer);
      }
      List<Answer> all = List.copyOf(answers.values());
      if (requireOne && all.stream().noneMatch(Gateways::isConfirmed)) {
        requireNoFailure(all, true);
      }
      boolean again = all.stream().anyMatch(one -> isAway(one.failure()));
      if (!again || System.nanoTime() + BETWEEN.toNanos() > deadline) {
        return confirmation(all, started);
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
  }

  /**
   * What each of them counted under a manifest; a gateway that knows none is left out.
   *
   * @param sequence the manifest; null for the one in force
   * @throws StageException if one does not answer
   */
  List<CanaryCounts> counts(String endpoint, @Nullable Long sequence) {
    return targets.values().stream()
        .flatMap(target -> target.counts(endpoint, sequence).stream())
        .toList();
  }

  int size() {
    return targets.size();
  }

  /** Tells some of them at once; those that have not answered at the deadline are away. */
  private List<Answer> tell(
      Iterable<String> gateways, String endpoint, long sequence, @Nullable Long deadline) {
    List<String> told = new ArrayList<>();
    List<Callable<Answer>> calls = new ArrayList<>();
    for (String gateway : gateways) {
      DeploymentTarget target = targets.get(gateway);
      if (target != null) {
        told.add(gateway);
        calls.add(() -> answer(gateway, target, endpoint, sequence));
      }
    }
    try {
      List<Future<Answer>> answers =
          deadline == null
              ? threads.invokeAll(calls)
              : threads.invokeAll(calls, deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      List<Answer> all = new ArrayList<>();
      for (int i = 0; i < told.size(); i++) {
        all.add(answer(told.get(i), answers.get(i)));
      }
      return all;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw away("interrupted while asking the gateways");
    }
  }

  private static Answer answer(
      String gateway, DeploymentTarget target, String endpoint, long sequence) {
    try {
      target.apply(endpoint, sequence);
      return new Answer(gateway, System.nanoTime(), null);
    } catch (StageException e) {
      return new Answer(gateway, 0, e);
    }
  }

  private static Answer answer(String gateway, Future<Answer> future) throws InterruptedException {
    try {
      return future.get();
    } catch (CancellationException e) {
      return new Answer(gateway, 0, away("the gateway at " + gateway + " does not answer in time"));
    } catch (ExecutionException e) {
      throw new IllegalStateException("telling the gateway at " + gateway + " broke", e.getCause());
    }
  }

  /**
   * @param preferAway whether one that is away counts before one that refuses, since it may come
   *     back and confirm
   */
  private static void requireNoFailure(List<Answer> answers, boolean preferAway) {
    StageException found = null;
    for (Answer answer : answers) {
      StageException failure = answer.failure();
      if (failure != null && (found == null || isAway(failure) == preferAway)) {
        found = failure;
      }
    }
    if (found != null) {
      throw found;
    }
  }

  private static boolean isConfirmed(@Nullable Answer answer) {
    return answer != null && answer.failure() == null;
  }

  private static boolean isAway(@Nullable StageException failure) {
    return failure != null && failure.type().retryable();
  }

  private static StageException away(String message) {
    return new StageException(FailureType.GATEWAY_UNAVAILABLE, message);
  }

  private static Confirmation confirmation(List<Answer> answers, long started) {
    List<Confirmation.Missing> missing = new ArrayList<>();
    long last = started;
    for (Answer answer : answers) {
      StageException failure = answer.failure();
      if (failure == null) {
        last = Math.max(last, answer.nanos());
      } else {
        missing.add(
            new Confirmation.Missing(answer.gateway(), String.valueOf(failure.getMessage())));
      }
    }
    return new Confirmation(
        answers.size(), answers.size() - missing.size(), (last - started) / 1e9, missing);
  }
}
