package dev.lockkeeper.attestation.secret;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.run.Role;
import java.net.URI;
import org.junit.jupiter.api.Test;

class SecretTest {

  private static final byte[] TOKEN = {'t', 'o', 'k', 'e', 'n'};

  /** The data converter of payloads is Jackson: a secret in an input would fail the call. */
  @Test
  void secret_cannotBeAPayload() {
    assertThrows(
        InvalidDefinitionException.class, () -> Json.mapper().writeValueAsString(Secret.of(TOKEN)));
  }

  @Test
  void secret_isHidden() {
    assertEquals("Secret[hidden]", Secret.of(TOKEN).toString());
  }

  @Test
  void bytes_areACopy() {
    byte[] given = TOKEN.clone();
    Secret secret = Secret.of(given);
    given[0] = 'x';
    secret.bytes()[1] = 'x';

    assertArrayEquals(TOKEN, secret.bytes());
  }

  @Test
  void keyOfARole_isAPemFile() {
    assertEquals("training.pem", SecretName.keyOf(Role.TRAINING).value());
  }

  @Test
  void nameThatLeavesItsFolderOrIsAnOption_isRefused() {
    for (String name :
        new String[] {
          "", ".", "..", "a/b", "../a", "/a", "a..b", "-a", "--help", "a b", "A", "ü"
        }) {
      assertThrows(IllegalArgumentException.class, () -> new SecretName(name), name);
    }
    assertThrows(IllegalArgumentException.class, () -> new SecretName("a".repeat(101)));
  }

  @Test
  void sourceOfAnUnknownScheme_isRefusedWithThoseThereAre() {
    assertEquals(
        "secrets 'vault://keys': there is no source for vault:, there is one for file:; name"
            + " another, or put the module of that source on the class path",
        refused("vault://keys"));
    assertTrue(refused("/keys").contains("a URI without a scheme, there is one for file:"));
  }

  @Test
  void fileUriOfAnotherMachine_isRefused() {
    assertTrue(
        refused("file://host/keys")
            .startsWith("secrets 'file://host/keys': expected file:///FOLDER"));
  }

  private static String refused(String uri) {
    return assertThrows(IllegalArgumentException.class, () -> SecretSources.open(URI.create(uri)))
        .getMessage();
  }
}
