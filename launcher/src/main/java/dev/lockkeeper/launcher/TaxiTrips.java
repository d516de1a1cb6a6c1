package dev.lockkeeper.launcher;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Generates taxi trips whose probabilities are known ({@code docs/demo.md}): the same seed gives
 * the same trips.
 */
final class TaxiTrips {

  /** One in eight live trips is priced at dispatch by a new terminal: no mile has been driven. */
  private static final double UPFRONT_SHARE = 0.125;

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final LocalDateTime FIRST = LocalDateTime.of(2026, 1, 5, 0, 0);
  private static final List<String> COMPANIES =
      List.of("Blue Line", "City Service", "Flash", "Sun Taxi");
  private static final int[] AREAS = {8, 8, 8, 28, 28, 32, 32, 32, 33, 6, 7, 24, 41, 56, 76, 76};

  private final SplittableRandom random;
  private long made;

  TaxiTrips(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** A trip as it is known when it ends. */
  record Trip(
      String id,
      LocalDateTime pickup,
      int area,
      String payment,
      String company,
      double fare,
      double miles,
      int seconds,
      double tips) {}

  /** A finished trip; it is at least a tenth of a mile long. */
  Trip finished() {
    LocalDateTime pickup =
        FIRST.plusSeconds(random.nextLong(90L * 24 * 3600)).withHour(busyHour()).withNano(0);
    int area = AREAS[random.nextInt(AREAS.length)];
    boolean airport = area == 76 || area == 56;
    double miles = Math.max(0.1, Math.exp(gaussian() * 0.7 + (airport ? 2.4 : 0.7)));
    double speed = 9 + 14 * random.nextDouble() + (airport ? 8 : 0);
    int seconds = (int) Math.max(60, miles / speed * 3600);
    double fare = round(3.25 + 2.25 * miles + 0.2 * seconds / 36 * 0.1 + random.nextDouble());
    double pick = random.nextDouble();
    String payment = pick < 0.36 ? "Cash" : pick < 0.88 ? "Credit Card" : "Mobile";
    String company = COMPANIES.get(random.nextInt(COMPANIES.size()));
    boolean generous = random.nextDouble() < probability(pickup, area, payment, fare, miles);
    double share = generous ? 0.205 + 0.1 * random.nextDouble() : 0.19 * random.nextDouble();
    double tips = payment.equals("Cash") && !generous ? 0 : round(fare * share);
    return new Trip(
        "t" + made++, pickup, area, payment, company, fare, round(miles), seconds, tips);
  }

  /** A live trip: one in eight comes from a terminal that prices before the trip has begun. */
  Trip live() {
    Trip trip = finished();
    if (random.nextDouble() >= UPFRONT_SHARE) {
      return trip;
    }
    return new Trip(
        trip.id(),
        trip.pickup(),
        trip.area(),
        trip.payment(),
        trip.company(),
        trip.fare(),
        0,
        0,
        trip.tips());
  }

  /** The probability that a trip is tipped above 20 % of its fare. */
  static double probability(
      LocalDateTime pickup, int area, String payment, double fare, double miles) {
    if (payment.equals("Cash")) {
      return 0.01;
    }
    boolean night = pickup.getHour() >= 20 || pickup.getHour() < 5;
    boolean weekend = pickup.getDayOfWeek().getValue() >= 6;
    boolean downtown = area == 8 || area == 28 || area == 32 || area == 33;
    double margin =
        0.9
            - 0.45 * Math.log1p(miles)
            + (payment.equals("Mobile") ? 0.7 : 0)
            + (night ? -0.8 : 0)
            + (weekend ? -0.3 : 0)
            + (downtown ? 0.6 : 0)
            - 0.12 * Math.max(0, fare / miles - 6);
    return 1 / (1 + Math.exp(-margin));
  }

  /** Writes finished trips as CSV. */
  static void write(Path file, long seed, int rows) throws IOException {
    TaxiTrips trips = new TaxiTrips(seed);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(
          "trip_id,pickup_time,pickup_area,payment_type,company,fare,trip_miles,trip_seconds,tips\n");
      for (int i = 0; i < rows; i++) {
        Trip t = trips.finished();
        out.write(
            String.format(
                Locale.ROOT,
                "%s,%s,%d,%s,%s,%.2f,%.2f,%d,%.2f%n",
                t.id(),
                TIME.format(t.pickup()),
                t.area(),
                t.payment(),
                t.company(),
                t.fare(),
                t.miles(),
                t.seconds(),
                t.tips()));
      }
    }
  }

  static String time(Trip trip) {
    return TIME.format(trip.pickup());
  }

  private int busyHour() {
    int hour = (int) Math.round(14 + gaussian() * 5);
    return Math.floorMod(hour, 24);
  }

  private double gaussian() {
    return random.nextGaussian();
  }

  private static double round(double value) {
    return Math.max(0.1, Math.round(value * 100) / 100.0);
  }
}
