package dev.lockkeeper.attestation.secret;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code file:///FOLDER}: each secret is a file, as containers mount them. */
public final class FileSecretProvider implements SecretSourceProvider {

  @Override
  public String scheme() {
    return "file";
  }

  @Override
  public SecretSource open(URI uri) {
    try {
      return new SecretFiles(Path.of(uri));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "secrets '" + uri + "': expected file:///FOLDER with an absolute path: " + e.getMessage(),
          e);
    }
  }

  private record SecretFiles(Path folder) implements SecretSource {

    @Override
    public Secret read(SecretName name) throws IOException {
      return Secret.of(Files.readAllBytes(file(name)));
    }

    @Override
    public String place(SecretName name) {
      return file(name).toString();
    }

    private Path file(SecretName name) {
      return folder.resolve(name.value());
    }
  }
}
