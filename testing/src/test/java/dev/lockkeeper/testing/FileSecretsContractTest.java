package dev.lockkeeper.testing;

import dev.lockkeeper.attestation.secret.SecretName;
import dev.lockkeeper.attestation.secret.SecretSource;
import dev.lockkeeper.attestation.secret.SecretSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class FileSecretsContractTest extends SecretSourceContract {

  @Override
  protected SecretSource open() {
    return SecretSources.open(secrets().toUri());
  }

  @Override
  protected void lay(SecretName name, byte[] content) throws IOException {
    Files.createDirectories(secrets());
    Files.write(secrets().resolve(name.value()), content);
  }

  private Path secrets() {
    return folder.resolve("secrets");
  }
}
