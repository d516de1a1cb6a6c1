package dev.lockkeeper.features;

import java.time.LocalDate;

/**
 * The functions of the language, called by the generated class. {@link StrictMath} only: the same
 * bits everywhere.
 */
public final class RowFunctions {

  private static final double DAY_SECONDS = 86_400;
  private static final double EARTH_RADIUS_KM = 6371.0088;

  private RowFunctions() {}

  public static double min(double a, double b) {
    return StrictMath.min(a, b);
  }

  public static double max(double a, double b) {
    return StrictMath.max(a, b);
  }

  public static double coalesce(double value, double otherwise) {
    return Double.isNaN(value) ? otherwise : value;
  }

  public static String coalesce(String value, String otherwise) {
    return value.isEmpty() ? otherwise : value;
  }

  public static double indexOf(String value, String[] values) {
    for (int i = 0; i < values.length; i++) {
      if (values[i].equals(value)) {
        return i;
      }
    }
    return Double.NaN;
  }

  public static boolean in(String value, String[] values) {
    return !Double.isNaN(indexOf(value, values));
  }

  public static boolean in(double value, double[] values) {
    for (double candidate : values) {
      if (candidate == value) {
        return true;
      }
    }
    return false;
  }

  /** How many characters a string has; one beyond the basic plane is one. */
  public static double size(String value) {
    return value.codePointCount(0, value.length());
  }

  public static double asNumber(boolean value) {
    return value ? 1 : 0;
  }

  /** How many edges are at or below the value. NaN stays NaN. */
  public static double bucket(double value, double[] edges) {
    if (Double.isNaN(value)) {
      return value;
    }
    int bucket = 0;
    for (double edge : edges) {
      bucket += edge <= value ? 1 : 0;
    }
    return bucket;
  }

  public static double hour(double time) {
    double second = time - StrictMath.floor(time / DAY_SECONDS) * DAY_SECONDS;
    return StrictMath.floor(second / 3600);
  }

  /** 1 is Monday, 7 is Sunday. */
  public static double dayOfWeek(double time) {
    return outside(time) ? Double.NaN : Math.floorMod(epochDay(time) + 3, 7) + 1;
  }

  public static double dayOfMonth(double time) {
    return outside(time) ? Double.NaN : LocalDate.ofEpochDay(epochDay(time)).getDayOfMonth();
  }

  public static double month(double time) {
    return outside(time) ? Double.NaN : LocalDate.ofEpochDay(epochDay(time)).getMonthValue();
  }

  /**
   * Great-circle distance between two points in degrees, in kilometres (haversine formula, mean
   * earth radius).
   */
  public static double haversineKm(
      double latitude1, double longitude1, double latitude2, double longitude2) {
    double phi1 = StrictMath.toRadians(latitude1);
    double phi2 = StrictMath.toRadians(latitude2);
    double sinLatitude = StrictMath.sin((phi2 - phi1) / 2);
    double sinLongitude = StrictMath.sin(StrictMath.toRadians(longitude2 - longitude1) / 2);
    double a =
        sinLatitude * sinLatitude
            + StrictMath.cos(phi1) * StrictMath.cos(phi2) * sinLongitude * sinLongitude;
    return 2 * EARTH_RADIUS_KM * StrictMath.asin(StrictMath.sqrt(StrictMath.min(1, a)));
  }

  /**
   * Whether a time is missing or beyond what a calendar of this world needs (some 30,000 years).
   */
  private static boolean outside(double time) {
    return !(StrictMath.abs(time) < 1e12);
  }

  private static long epochDay(double time) {
    return (long) StrictMath.floor(time / DAY_SECONDS);
  }
}
