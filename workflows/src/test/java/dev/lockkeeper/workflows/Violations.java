package dev.lockkeeper.workflows;

import java.io.File;
import java.net.URI;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/** What no workflow may do, one thing a class. */
final class Violations {

  private Violations() {}

  static final class ReadsAFile {
    boolean there() {
      return new File("x").exists();
    }
  }

  static final class Calls {
    String host() {
      return URI.create("http://example.org").getHost();
    }
  }

  static final class Locks {
    boolean locked() {
      return new ReentrantLock().isLocked();
    }
  }

  static final class Sleeps {
    void sleep() throws InterruptedException {
      Thread.sleep(1);
    }
  }

  static final class StartsAProcess {
    ProcessBuilder process() {
      return new ProcessBuilder("true");
    }
  }

  static final class ReadsTheEnvironment {
    String home() {
      return System.getenv("HOME");
    }
  }

  @SuppressWarnings("JavaTimeDefaultTimeZone") // the violation itself
  static final class AsksForTheDay {
    int day() {
      return ZonedDateTime.now().getDayOfMonth();
    }
  }

  static final class AsksTheClock {
    long millis() {
      return Clock.systemUTC().millis();
    }
  }

  static final class MeasuresTime {
    long nanos() {
      return System.nanoTime();
    }
  }

  @SuppressWarnings("JavaUtilDate") // the violation itself
  static final class MakesADate {
    long millis() {
      return new Date().getTime();
    }
  }

  static final class Draws {
    int number() {
      return new Random(1).nextInt();
    }
  }

  static final class DrawsSplittably {
    int number() {
      return new SplittableRandom(1).nextInt();
    }
  }

  static final class NamesAtRandom {
    String name() {
      return UUID.randomUUID().toString();
    }
  }
}
