package dev.lockkeeper.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.attestation.FileSigner;
import dev.lockkeeper.attestation.KeyFiles;
import dev.lockkeeper.attestation.secret.Secret;
import dev.lockkeeper.attestation.secret.SecretName;
import dev.lockkeeper.attestation.secret.SecretSource;
import dev.lockkeeper.formats.run.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What any {@link SecretSource} must do. An implementation's test extends it, opens a source that
 * begins empty, and says how a secret gets there.
 */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
public abstract class SecretSourceContract {

  private static final SecretName NAME = new SecretName("a-token.txt");
  private static final String TOKEN = "correct horse battery staple";

  @TempDir protected Path folder;

  /** Opens the source on the same place each time within one test. */
  protected abstract SecretSource open() throws IOException;

  /** Puts a secret where the source finds it; one of the name is replaced. */
  protected abstract void lay(SecretName name, byte[] content) throws IOException;

  @Test
  void secret_isReadAsItLies() throws IOException {
    byte[] content = {0, 1, (byte) 0xff, '\n', '\r', '\n'};
    lay(NAME, content);

    assertArrayEquals(content, open().read(NAME).bytes());
  }

  @Test
  void secretThatIsReplaced_isReadAnew() throws IOException {
    SecretSource source = open();
    lay(NAME, bytes("one"));
    assertArrayEquals(bytes("one"), source.read(NAME).bytes());

    lay(NAME, bytes("two"));

    assertArrayEquals(bytes("two"), source.read(NAME).bytes());
  }

  @Test
  void secretThatIsMissing_isRefusedByName() throws IOException {
    lay(NAME, bytes(TOKEN));
    SecretSource source = open();

    IOException refused =
        assertThrows(IOException.class, () -> source.read(new SecretName("another.pem")));

    assertTrue(String.valueOf(refused.getMessage()).contains("another.pem"), refused.toString());
    assertFalse(refused.toString().contains(TOKEN));
  }

  @Test
  void secret_isNotShown() throws IOException {
    lay(NAME, bytes(TOKEN));
    SecretSource source = open();

    Secret secret = source.read(NAME);

    assertFalse(secret.toString().contains(TOKEN));
    assertFalse(source.toString().contains(TOKEN));
    assertFalse(source.place(NAME).contains(TOKEN));
  }

  @Test
  void keyOfARole_signs() throws IOException {
    Path pem = folder.resolve("made.pem");
    KeyFiles.generate(pem, folder.resolve("made.pub"));
    SecretName name = SecretName.keyOf(Role.TRAINING);
    lay(name, Files.readAllBytes(pem));

    assertEquals(FileSigner.load(pem).publicKey(), FileSigner.read(open(), name).publicKey());
  }

  @Test
  void secretThatIsNotAKey_isRefusedByItsPlaceAndNotShown() throws IOException {
    SecretName name = SecretName.keyOf(Role.TRAINING);
    lay(name, bytes(TOKEN));
    SecretSource source = open();

    IOException refused = assertThrows(IOException.class, () -> FileSigner.read(source, name));

    assertTrue(
        String.valueOf(refused.getMessage()).startsWith(source.place(name) + ": not an EC"),
        refused.toString());
    for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
      assertFalse(cause.toString().contains(TOKEN), cause.toString());
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
