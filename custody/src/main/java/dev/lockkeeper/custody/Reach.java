package dev.lockkeeper.custody;

import dev.lockkeeper.contracts.artifact.Zone;
import dev.lockkeeper.contracts.run.Role;
import java.util.EnumSet;
import java.util.Set;

/**
 * The zones a role reads and writes.
 *
 * @param readable zones it reads
 * @param writable zones it writes
 */
public record Reach(Set<Zone> readable, Set<Zone> writable) {

  /** The reach of the gateway, which is no role of Temporal's. */
  public static final Reach GATEWAY =
      new Reach(EnumSet.of(Zone.MODELS, Zone.DEPLOYMENTS), EnumSet.of(Zone.INFERENCE_LOG));

  /** The reach of a role (docs/architecture.md). */
  public static Reach of(Role role) {
    EnumSet<Zone> none = EnumSet.noneOf(Zone.class);
    return switch (role) {
      case PIPELINE -> new Reach(none, none);
      case INGESTION ->
          new Reach(
              EnumSet.of(Zone.RAW, Zone.EVIDENCE),
              EnumSet.of(Zone.RAW, Zone.PROCESSED, Zone.EVIDENCE, Zone.REPORTS));
      case FEATURES ->
          new Reach(
              EnumSet.of(Zone.PROCESSED, Zone.EVIDENCE), EnumSet.of(Zone.FEATURES, Zone.EVIDENCE));
      case TRAINING ->
          new Reach(
              EnumSet.of(Zone.FEATURES, Zone.CANDIDATES, Zone.EVIDENCE),
              EnumSet.of(Zone.CANDIDATES, Zone.EVIDENCE));
      case VALIDATION ->
          new Reach(
              EnumSet.of(Zone.FEATURES, Zone.CANDIDATES, Zone.MODELS, Zone.EVIDENCE),
              EnumSet.of(Zone.EVIDENCE, Zone.REPORTS));
      case APPROVAL -> new Reach(EnumSet.of(Zone.EVIDENCE), EnumSet.of(Zone.EVIDENCE));
      case REGISTRY ->
          new Reach(
              EnumSet.of(Zone.CANDIDATES, Zone.FEATURES, Zone.MODELS, Zone.EVIDENCE),
              EnumSet.of(Zone.MODELS, Zone.EVIDENCE));
      case DEPLOYMENT ->
          new Reach(
              EnumSet.of(Zone.MODELS, Zone.EVIDENCE, Zone.DEPLOYMENTS),
              EnumSet.of(Zone.DEPLOYMENTS, Zone.EVIDENCE));
      case MONITORING ->
          new Reach(
              EnumSet.of(Zone.INFERENCE_LOG, Zone.MODELS, Zone.EVIDENCE),
              EnumSet.of(Zone.EVIDENCE, Zone.REPORTS));
    };
  }
}
