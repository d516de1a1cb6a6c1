package dev.lockkeeper.testing;

import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.store.ArtifactStore;
import dev.lockkeeper.store.ArtifactStores;
import dev.lockkeeper.store.ZoneAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class DirectoryStoreContractTest extends ArtifactStoreContract {

  @Override
  protected ArtifactStore open(ZoneAccess access) {
    return ArtifactStores.open(folder.resolve("store").toUri(), access);
  }

  @Override
  protected void overwrite(ArtifactRef ref, byte[] content) throws IOException {
    Path file =
        folder.resolve("store").resolve(ref.zone().label()).resolve("sha256").resolve(ref.sha256());
    Files.delete(file);
    Files.write(file, content);
  }
}
