package example.extensions;

import dev.lockkeeper.attestation.secret.Secret;
import dev.lockkeeper.attestation.secret.SecretName;
import dev.lockkeeper.attestation.secret.SecretSource;
import dev.lockkeeper.attestation.secret.SecretSourceProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;

/**
 * {@code command:/PROGRAM}: a program that is given a secret's name and writes the secret to its
 * standard output, such as one that asks a vault.
 */
public final class CommandSecretProvider implements SecretSourceProvider {

  private static final int LARGEST_BYTES = 1 << 16;

  @Override
  public String scheme() {
    return "command";
  }

  @Override
  public SecretSource open(URI uri) {
    String program = uri.getPath();
    if (program == null) {
      throw new IllegalArgumentException(
          "secrets '" + uri + "': expected command:/PROGRAM with an absolute path");
    }
    return new CommandSecrets(Path.of(program));
  }

  private record CommandSecrets(Path program) implements SecretSource {

    @Override
    public Secret read(SecretName name) throws IOException {
      Process process =
          new ProcessBuilder(program.toString(), name.value())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (InputStream out = process.getInputStream()) {
        process.getOutputStream().close();
        byte[] content = out.readNBytes(LARGEST_BYTES + 1);
        if (content.length > LARGEST_BYTES) {
          throw new IOException(place(name) + " has more than " + LARGEST_BYTES + " bytes");
        }
        int exit = process.waitFor();
        if (exit != 0) {
          throw new IOException(place(name) + " ended with exit code " + exit);
        }
        return Secret.of(content);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(place(name) + " was not waited for", e);
      } finally {
        process.destroy();
      }
    }

    @Override
    public String place(SecretName name) {
      return "secret " + name + " of " + program;
    }
  }
}
