package dev.lockkeeper.launcher;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.formats.Json;
import java.util.ArrayList;
import java.util.List;

/** Requests of the demo's model. */
final class TaxiRequests {

  private TaxiRequests() {}

  /** Trips as the model was trained on, with fares times a factor, each a request of its own. */
  static List<String> each(int rows, double factor) {
    TaxiTrips trips = new TaxiTrips(77);
    List<String> requests = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      requests.add(of(trips, 1, factor));
    }
    return requests;
  }

  /** Trips as the model was trained on, with fares times a factor, in one request. */
  static String of(int rows, double factor) {
    return of(new TaxiTrips(77), rows, factor);
  }

  private static String of(TaxiTrips trips, int rows, double factor) {
    ObjectNode request = Json.mapper().createObjectNode();
    ArrayNode inputs = request.putArray("inputs");
    ArrayNode time = LiveTraffic.input(inputs, "pickup_time", "BYTES", rows);
    ArrayNode area = LiveTraffic.input(inputs, "pickup_area", "INT64", rows);
    ArrayNode payment = LiveTraffic.input(inputs, "payment_type", "BYTES", rows);
    ArrayNode fare = LiveTraffic.input(inputs, "fare", "FP64", rows);
    ArrayNode miles = LiveTraffic.input(inputs, "trip_miles", "FP64", rows);
    ArrayNode seconds = LiveTraffic.input(inputs, "trip_seconds", "INT64", rows);
    for (int i = 0; i < rows; i++) {
      TaxiTrips.Trip trip = trips.finished();
      time.add(TaxiTrips.time(trip));
      area.add(trip.area());
      payment.add(trip.payment());
      fare.add(trip.fare() * factor);
      miles.add(trip.miles());
      seconds.add(trip.seconds());
    }
    return request.toString();
  }
}
