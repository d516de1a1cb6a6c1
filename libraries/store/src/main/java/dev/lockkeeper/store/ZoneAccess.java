package dev.lockkeeper.store;

import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.run.Role;
import java.util.EnumSet;
import java.util.Set;

/**
 * The zones a role reads and writes.
 *
 * @param readable zones it reads
 * @param writable zones it writes
 */
public record ZoneAccess(Set<Zone> readable, Set<Zone> writable) {

  /** The reach of the gateway, which is no role of Temporal's. */
  public static final ZoneAccess GATEWAY =
      new ZoneAccess(EnumSet.of(Zone.MODELS, Zone.DEPLOYMENTS), EnumSet.of(Zone.INFERENCE_LOG));

  /** The reach of a role (docs/architecture.md). */
  public static ZoneAccess of(Role role) {
    EnumSet<Zone> none = EnumSet.noneOf(Zone.class);
    return switch (role) {
      case PIPELINE -> new ZoneAccess(none, none);
      case INGESTION ->
          new ZoneAccess(
              EnumSet.of(Zone.RAW, Zone.EVIDENCE),
              EnumSet.of(Zone.RAW, Zone.PROCESSED, Zone.EVIDENCE, Zone.REPORTS));
      case FEATURES ->
          new ZoneAccess(
              EnumSet.of(Zone.PROCESSED, Zone.EVIDENCE), EnumSet.of(Zone.FEATURES, Zone.EVIDENCE));
      case TRAINING ->
          new ZoneAccess(
              EnumSet.of(Zone.FEATURES, Zone.CANDIDATES, Zone.EVIDENCE),
              EnumSet.of(Zone.CANDIDATES, Zone.EVIDENCE));
      case VALIDATION ->
          new ZoneAccess(
              EnumSet.of(Zone.FEATURES, Zone.CANDIDATES, Zone.MODELS, Zone.EVIDENCE),
              EnumSet.of(Zone.EVIDENCE, Zone.REPORTS));
      case APPROVAL -> new ZoneAccess(EnumSet.of(Zone.EVIDENCE), EnumSet.of(Zone.EVIDENCE));
      case REGISTRY ->
          new ZoneAccess(
              EnumSet.of(Zone.CANDIDATES, Zone.FEATURES, Zone.MODELS, Zone.EVIDENCE),
              EnumSet.of(Zone.MODELS, Zone.EVIDENCE));
      case DEPLOYMENT ->
          new ZoneAccess(
              EnumSet.of(Zone.MODELS, Zone.EVIDENCE, Zone.DEPLOYMENTS),
              EnumSet.of(Zone.DEPLOYMENTS, Zone.EVIDENCE));
      case MONITORING ->
          new ZoneAccess(
              EnumSet.of(Zone.INFERENCE_LOG, Zone.MODELS, Zone.EVIDENCE),
              EnumSet.of(Zone.EVIDENCE, Zone.REPORTS));
    };
  }
}
