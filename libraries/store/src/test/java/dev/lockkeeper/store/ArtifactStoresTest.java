package dev.lockkeeper.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;

class ArtifactStoresTest {

  @Test
  void schemeThatNobodyProvides_isRefusedWithThoseThereAre() {
    assertEquals(
        "store 'mars://bucket/zones': there is no store for mars:, there is one for file:; name"
            + " another, or put the module of that store on the class path",
        refused("mars://bucket/zones"));
  }

  @Test
  void uriWithoutAScheme_isRefused() {
    assertTrue(
        refused("/var/lib/store").contains("a URI without a scheme, there is one for file:"));
  }

  @Test
  void fileUriOfAnotherMachine_isRefused() {
    assertTrue(
        refused("file://host/var/lib/store")
            .startsWith("store 'file://host/var/lib/store': expected file:///FOLDER"));
  }

  private static String refused(String uri) {
    return assertThrows(
            IllegalArgumentException.class,
            () -> ArtifactStores.open(URI.create(uri), ZoneAccess.NONE))
        .getMessage();
  }
}
