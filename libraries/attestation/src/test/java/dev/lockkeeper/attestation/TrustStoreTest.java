package dev.lockkeeper.attestation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.formats.run.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustStoreTest {

  private static final Role OWN = new Role("scoring");

  @TempDir private Path folder;
  private StateFolder state;

  @BeforeEach
  void initialise() throws IOException {
    state = new StateFolder(folder).initialise(List.of(OWN));
  }

  @Test
  void keyOfARoleThatIsNotOurs_isTrusted() throws IOException {
    assertEquals(
        FileSigner.load(state.key(OWN)).publicKey(), TrustStore.load(state.trust()).key(OWN));
  }

  @Test
  void roleWithoutAKey_isNamed() throws IOException {
    TrustStore trust = TrustStore.load(state.trust());

    CustodyException refused = assertThrows(CustodyException.class, () -> trust.key(Role.TRAINING));

    assertEquals(
        "no key is trusted for role 'training': " + state.trust() + " has no training.pub",
        refused.getMessage());
  }

  @Test
  void keyThatIsCutOff_isNamed() throws IOException {
    Path file = Files.writeString(state.trust().resolve("training.pub"), "-----BEGIN PUBLIC");

    IOException refused = assertThrows(IOException.class, () -> TrustStore.load(state.trust()));

    assertTrue(refused.getMessage().startsWith(file + ": no '-----BEGIN PUBLIC KEY-----'"));
  }

  @Test
  void keyOfAPerson_isLeftOut() throws IOException {
    Files.writeString(state.trust().resolve("alice.pub"), "ssh-ed25519 AAAAC3Nza alice\n");
    Files.writeString(state.trust().resolve("bo.pub"), "ecdsa-sha2-nistp256 AAAAE2Vj bo\n");
    Files.writeString(state.trust().resolve("cy.pub"), "sk-ssh-ed25519@openssh.com AAAAG cy\n");
    TrustStore trust = TrustStore.load(state.trust());

    assertThrows(CustodyException.class, () -> trust.key(new Role("alice")));
    assertThrows(CustodyException.class, () -> trust.key(new Role("bo")));
    assertThrows(CustodyException.class, () -> trust.key(new Role("cy")));
  }

  @Test
  void folderThatIsMissing_trustsNobody() throws IOException {
    TrustStore trust = TrustStore.load(folder.resolve("nowhere"));

    assertThrows(CustodyException.class, () -> trust.key(OWN));
  }

  @Test
  void reload_differsWhereAKeyOrASignerDoes() throws IOException {
    TrustStore trust = TrustStore.load(state.trust());
    assertEquals(trust, trust.reload());

    String signers = Files.readString(state.allowedSigners());
    Files.writeString(state.allowedSigners(), signers + "# one more\n");
    assertNotEquals(trust, trust.reload());
    Files.writeString(state.allowedSigners(), signers);
    assertEquals(trust, trust.reload());

    Files.delete(state.trust().resolve(OWN.label() + ".pub"));
    assertNotEquals(trust, trust.reload());
  }

  @Test
  void reload_ofAKeyThatIsCutOff_isRefused() throws IOException {
    TrustStore trust = TrustStore.load(state.trust());
    Path file = Files.writeString(state.trust().resolve("training.pub"), "-----BEGIN PUBLIC");

    CustodyException refused = assertThrows(CustodyException.class, trust::reload);

    assertTrue(
        refused.getMessage().startsWith("the trust cannot be read: " + file), refused.getMessage());
  }
}
