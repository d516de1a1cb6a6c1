package dev.lockkeeper.store;

import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.store.ArtifactStore.NamePage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Names of a zone, one page after another as they are asked for. */
final class NamePages {

  private static final int PAGE = 1000;

  private NamePages() {}

  static Stream<String> of(ArtifactStore store, Zone zone, String prefix, String after) {
    return Stream.iterate(
            Optional.of(store.listNamed(zone, prefix, after, PAGE)),
            Optional::isPresent,
            page -> page.filter(NamePage::more).map(p -> next(store, zone, prefix, p.names())))
        .flatMap(page -> page.stream().flatMap(p -> p.names().stream()));
  }

  private static NamePage next(ArtifactStore store, Zone zone, String prefix, List<String> before) {
    return store.listNamed(zone, prefix, before.get(before.size() - 1), PAGE);
  }
}
