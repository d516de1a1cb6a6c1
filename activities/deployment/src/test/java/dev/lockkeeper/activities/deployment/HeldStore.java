package dev.lockkeeper.activities.deployment;

import dev.lockkeeper.attestation.release.SignedManifest;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.store.ArtifactStore;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A store whose user stands still before a manifest is written, as a process does that is frozen
 * between what it read and what it writes.
 *
 * @param store what reads and writes
 * @param arrived opened once the user is about to write
 * @param goOn lets it go on
 */
record HeldStore(ArtifactStore store, CountDownLatch arrived, CountDownLatch goOn)
    implements ArtifactStore {

  HeldStore(ArtifactStore store) {
    this(store, new CountDownLatch(1), new CountDownLatch(1));
  }

  @Override
  public boolean putNamed(Zone zone, String name, byte[] content) {
    if (zone.equals(Zone.DEPLOYMENTS) && SignedManifest.isName(name)) {
      arrived.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    return store.putNamed(zone, name, content);
  }

  @Override
  public void createZone(Zone zone) {
    store.createZone(zone);
  }

  @Override
  public ArtifactStore requireAccess() {
    store.requireAccess();
    return this;
  }

  @Override
  public ArtifactRef put(Zone zone, Path file, String mediaType) {
    return store.put(zone, file, mediaType);
  }

  @Override
  public ArtifactRef put(Zone zone, byte[] content, String mediaType) {
    return store.put(zone, content, mediaType);
  }

  @Override
  public InputStream open(ArtifactRef ref) {
    return store.open(ref);
  }

  @Override
  public boolean contains(ArtifactRef ref) {
    return store.contains(ref);
  }

  @Override
  public Optional<byte[]> readNamed(Zone zone, String name) {
    return store.readNamed(zone, name);
  }

  @Override
  public NamePage listNamed(Zone zone, String prefix, String after, int limit) {
    return store.listNamed(zone, prefix, after, limit);
  }
}
