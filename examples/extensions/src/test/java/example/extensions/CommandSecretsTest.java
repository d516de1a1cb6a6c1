package example.extensions;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.attestation.secret.SecretName;
import dev.lockkeeper.attestation.secret.SecretSource;
import dev.lockkeeper.attestation.secret.SecretSources;
import dev.lockkeeper.testing.SecretSourceContract;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

class CommandSecretsTest extends SecretSourceContract {

  @Override
  protected SecretSource open() throws IOException {
    return SecretSources.open(URI.create("command:" + program(folder)));
  }

  @Override
  protected void lay(SecretName name, byte[] content) throws IOException {
    Files.createDirectories(folder.resolve("vault"));
    Files.write(folder.resolve("vault").resolve(name.value()), content);
  }

  /** A program that reads secrets from the folder {@code vault} beside it. */
  static Path program(Path folder) throws IOException {
    Path program = folder.resolve("read-secret");
    Files.writeString(program, "#!/bin/sh\nexec cat \"$(dirname \"$0\")/vault/$1\"\n");
    return Files.setPosixFilePermissions(
        program.toAbsolutePath(), PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void programThatIsMissing_isNamed() {
    SecretSource source = SecretSources.open(URI.create("command:/none/of/these"));

    IOException refused =
        assertThrows(IOException.class, () -> source.read(new SecretName("training.pem")));

    assertTrue(refused.getMessage().contains("/none/of/these"), refused.getMessage());
  }

  @Test
  void uriWithoutAPath_isRefused() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> SecretSources.open(URI.create("command:vault")));

    assertTrue(refused.getMessage().contains("expected command:/PROGRAM"), refused.getMessage());
  }
}
