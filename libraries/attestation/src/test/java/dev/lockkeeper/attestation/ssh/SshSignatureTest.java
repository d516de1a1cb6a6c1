package dev.lockkeeper.attestation.ssh;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.fixtures.SharedFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SshSignatureTest {

  private static final String NAMESPACE = "mlpipe-approval@v1";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ed25519",
        "ed25519-sha256",
        "ecdsab256",
        "ecdsab384",
        "rsab3072",
        "sk-0x01",
        "sk-0x05"
      })
  void everyKindOfKey_verifies(String kind) throws IOException {
    SshSignature signature = SshSignature.parse(read("approval." + kind + ".sig"));
    assertDoesNotThrow(() -> signature.verify(NAMESPACE, message()));
  }

  @Test
  void untouchedSecurityKey_isRefused() throws IOException {
    assertEquals(
        "SSH signature: nobody touched the security key (user presence is missing)",
        refusal("approval.sk-0x00.sig", NAMESPACE, message()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-----BEGIN SSH SIGNATURE-----",
        "-----BEGIN SSH SIGNATURE-----END SSH SIGNATURE-----",
        "-----BEGIN SSH SIGNATURE----------END SSH SIGNATURE-----",
        "-----BEGIN SSH SIGNATURE-----U1NIU0lH-----END SSH SIGNATURE-----"
      })
  void whatIsNoWholeSignature_isRefused(String armored) {
    assertThrows(CustodyException.class, () -> SshSignature.parse(armored));
  }

  @Test
  void anotherNamespace_isRefused() throws IOException {
    assertEquals(
        "SSH signature: made for namespace 'mlpipe-approval@v1', expected 'git'",
        refusal("approval.ed25519.sig", "git", message()));
  }

  @Test
  void changedMessage_isRefused() throws IOException {
    byte[] changed = message();
    changed[10] ^= 1;
    assertTrue(
        refusal("approval.ecdsab256.sig", NAMESPACE, changed)
            .contains("does not verify under key SHA256:"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ecdsab256", "ecdsab384", "rsab3072", "sk-0x01"})
  void everyFlippedBit_isRefused(String kind) throws IOException {
    byte[] message = message();
    String armored = read("approval." + kind + ".sig");
    String body = armored.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    byte[] blob = Base64.getDecoder().decode(body);
    for (int bit = 0; bit < blob.length * 8; bit += blob.length > 600 ? 7 : 1) {
      byte[] flipped = blob.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      int at = bit;
      assertThrows(
          CustodyException.class,
          () -> SshSignature.parse(SshSignature.armor(flipped)).verify(NAMESPACE, message),
          () -> "bit " + at + " of " + kind);
    }
  }

  @Test
  void allowedSigners_bindPrincipalNamespaceAndTime() throws IOException {
    AllowedSigners signers = AllowedSigners.parse(read("allowed_signers"));
    SshSignature signature = SshSignature.parse(read("approval.ed25519.sig"));
    Instant now = Instant.parse("2026-08-21T10:00:00Z");
    signers.require("alice@example.com", signature, NAMESPACE, now);
    assertThrows(
        CustodyException.class,
        () -> signers.require("bob@example.com", signature, NAMESPACE, now));
    assertThrows(
        CustodyException.class, () -> signers.require("alice@example.com", signature, "git", now));
    Instant before = Instant.parse("2025-12-31T23:59:59Z");
    CustodyException refused =
        assertThrows(
            CustodyException.class,
            () -> signers.require("alice@example.com", signature, NAMESPACE, before));
    assertTrue(
        refused.getMessage().contains("is not enrolled for 'alice@example.com'"),
        refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alice ssh-ed25519 AAAA",
        "* namespaces=\"a\" ssh-ed25519 AAAA",
        "alice namespaces=\"\" ssh-ed25519 AAAA",
        "alice namespaces=\"a*\" ssh-ed25519 AAAA",
        "alice cert-authority,namespaces=\"a\" ssh-ed25519 AAAA",
        "alice namespaces=\"a\",valid-after=\"20260101\" ssh-ed25519 AAAA",
        "alice namespaces=\"a\",valid-after=\"20260231Z\" ssh-ed25519 AAAA",
        "alice namespaces=\"a\",valid-before=\"202601012460Z\" ssh-ed25519 AAAA",
        "alice namespaces=\"a\" ssh-ed25519 AAAA",
        "alice namespaces=\"a\" ssh-dss AAAAB3NzaC1kc3M="
      })
  void looseAllowedSigners_areRefused(String line) {
    CustodyException refused =
        assertThrows(CustodyException.class, () -> AllowedSigners.parse("\n" + line + "\n"));
    assertTrue(refused.getMessage().startsWith("allowed signers, line 2: "), refused.getMessage());
  }

  @Test
  void oneKeyUnderTwoPrincipals_isRefused(@TempDir Path folder) throws IOException {
    String key = SshSigner.generate(folder.resolve("k"), "test");
    String text = "alice namespaces=\"a\" " + key + "\nbob namespaces=\"a\" " + key + "\n";
    CustodyException refused =
        assertThrows(CustodyException.class, () -> AllowedSigners.parse(text));
    assertTrue(
        refused.getMessage().contains("belongs to 'alice' and to 'bob'"), refused.getMessage());
  }

  @Test
  void ownKeyFile_signsForSshKeygen(@TempDir Path folder) throws Exception {
    assumeTrue(onPath("ssh-keygen"), "needs ssh-keygen");
    SshSigner.generate(folder.resolve("k"), "test");
    assertAcceptedBySshKeygen(folder);
  }

  @ParameterizedTest
  @CsvSource({"ed25519, 256", "ecdsa, 256", "ecdsa, 384", "ecdsa, 521"})
  void keyFileOfSshKeygen_signsForSshKeygen(String type, String bits, @TempDir Path folder)
      throws Exception {
    assumeTrue(onPath("ssh-keygen"), "needs ssh-keygen");
    assertEquals(0, run(folder, "ssh-keygen", "-q", "-t", type, "-b", bits, "-N", "", "-f", "k"));
    assertTrue(
        Files.readString(folder.resolve("k.pub"))
            .startsWith(SshSigner.load(folder.resolve("k")).publicKeyLine() + " "));
    assertAcceptedBySshKeygen(folder);
  }

  /** Signs with key file k; both ssh-keygen and this class verify. */
  private static void assertAcceptedBySshKeygen(Path folder) throws Exception {
    SshSigner signer = SshSigner.load(folder.resolve("k"));
    byte[] message = "decided".getBytes(StandardCharsets.UTF_8);
    String signature = signer.sign("n@v1", message);
    SshSignature.parse(signature).verify("n@v1", message);
    String line = "alice namespaces=\"n@v1\" " + signer.publicKeyLine() + "\n";
    Files.writeString(folder.resolve("signers"), line);
    Files.writeString(folder.resolve("m.sig"), signature);
    Files.write(folder.resolve("m"), message);
    String command = "ssh-keygen -Y verify -f signers -I alice -n n@v1 -s m.sig";
    Process process =
        new ProcessBuilder(command.split(" "))
            .directory(folder.toFile())
            .redirectInput(folder.resolve("m").toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
  }

  @Test
  void rsaKeyFile_isRefusedWithAWayOut(@TempDir Path folder) throws Exception {
    assumeTrue(onPath("ssh-keygen"), "needs ssh-keygen");
    assertEquals(
        0, run(folder, "ssh-keygen", "-q", "-t", "rsa", "-b", "3072", "-N", "", "-f", "k"));
    IOException refused =
        assertThrows(IOException.class, () -> SshSigner.load(folder.resolve("k")));
    assertTrue(
        refused.getMessage().contains("contains no Ed25519 or ECDSA key; sign the document"),
        refused.getMessage());
  }

  @Test
  void encryptedKeyFile_isRefusedWithAWayOut(@TempDir Path folder) throws Exception {
    assumeTrue(onPath("ssh-keygen"), "needs ssh-keygen");
    assertEquals(0, run(folder, "ssh-keygen", "-q", "-t", "ed25519", "-N", "secret", "-f", "k"));
    IOException refused =
        assertThrows(IOException.class, () -> SshSigner.load(folder.resolve("k")));
    assertTrue(
        refused.getMessage().contains("ssh-keygen -Y sign -n lockkeeper-approval@v1"),
        refused.getMessage());
  }

  private static int run(Path folder, String... command) throws Exception {
    return new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start().waitFor();
  }

  private static boolean onPath(String program) {
    for (String folder : System.getenv("PATH").split(":")) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  private static String refusal(String file, String namespace, byte[] message) throws IOException {
    SshSignature signature = SshSignature.parse(read(file));
    return assertThrows(CustodyException.class, () -> signature.verify(namespace, message))
        .getMessage();
  }

  private static byte[] message() throws IOException {
    return Files.readAllBytes(SharedFolder.find("vectors/sshsig").resolve("approval.json"));
  }

  private static String read(String file) throws IOException {
    return Files.readString(SharedFolder.find("vectors/sshsig").resolve(file));
  }
}
