package dev.lockkeeper.launcher;

import dev.lockkeeper.attestation.release.SignedManifest;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.store.ArtifactStore;
import dev.lockkeeper.store.ArtifactStoreProvider;
import dev.lockkeeper.store.DirectoryArtifactStore;
import dev.lockkeeper.store.ZoneAccess;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code held:///FOLDER}: zones as directories, for a worker that is to be frozen right before it
 * writes a manifest. While there is a file {@code FOLDER/../hold}, the manifest of the sequence
 * that it names waits, and a file {@code held} beside it says so.
 */
public final class HeldStoreProvider implements ArtifactStoreProvider {

  @Override
  public String scheme() {
    return "held";
  }

  @Override
  public ArtifactStore open(URI uri, ZoneAccess access) {
    Path folder = Path.of(uri.getPath());
    ArtifactStore store = new DirectoryArtifactStore(folder, access.readable(), access.writable());
    return (ArtifactStore)
        Proxy.newProxyInstance(
            ArtifactStore.class.getClassLoader(),
            new Class<?>[] {ArtifactStore.class},
            (held, method, arguments) -> {
              if (method.getName().equals("putNamed")
                  && arguments[0] == Zone.DEPLOYMENTS
                  && SignedManifest.isName((String) arguments[1])) {
                waitAt(folder, SignedManifest.sequence((String) arguments[1]));
              }
              try {
                Object result = method.invoke(store, arguments);
                return result == store ? held : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** Has the manifest of a sequence wait. */
  static void hold(Path folder, long sequence) throws IOException {
    Files.writeString(folder.resolveSibling("hold"), String.valueOf(sequence));
  }

  /** Whether it waits. */
  static boolean holds(Path folder) {
    return Files.exists(folder.resolveSibling("held"));
  }

  /** Lets it go on. */
  static void release(Path folder) throws IOException {
    Files.delete(folder.resolveSibling("held"));
    Files.delete(folder.resolveSibling("hold"));
  }

  private static void waitAt(Path folder, long sequence) throws IOException {
    Path hold = folder.resolveSibling("hold");
    if (Files.exists(hold) && Files.readString(hold).equals(String.valueOf(sequence))) {
      Files.createFile(folder.resolveSibling("held"));
      while (Files.exists(hold)) {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }
  }
}
