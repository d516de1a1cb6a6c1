package dev.lockkeeper.serving;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A request, whatever protocol it came by.
 *
 * @param id the request's id, at most {@link #LONGEST_ID} characters
 * @param routingKey what decides the canary's side
 * @param rows number of rows, at most {@link #MAXIMUM_ROWS}
 * @param columns the raw values of each column by its name, one value a row
 * @param outputs the outputs that are asked for; empty for all
 */
public record InferenceRequest(
    String id, String routingKey, int rows, Map<String, List<Value>> columns, Set<String> outputs) {

  /** Most rows of a request. */
  public static final int MAXIMUM_ROWS = 10_000;

  /** Most characters of an id: it is in the inference log with every row. */
  public static final int LONGEST_ID = 256;
}
