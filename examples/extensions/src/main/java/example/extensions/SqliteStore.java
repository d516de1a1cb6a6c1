package example.extensions;

import dev.lockkeeper.formats.Digests;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.store.ArtifactStore;
import dev.lockkeeper.store.FileDigest;
import dev.lockkeeper.store.ObjectName;
import dev.lockkeeper.store.StoreException;
import dev.lockkeeper.store.VerifiedStream;
import dev.lockkeeper.store.ZoneAccess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;

/**
 * Zones in one SQLite file. An object is a row for each of its pieces, so that it is read and
 * written as a stream; all of its pieces are written in one transaction.
 */
final class SqliteStore implements ArtifactStore {

  private static final int PIECE_BYTES = 1 << 20;
  private static final int WAIT_MILLIS = 30_000;

  /** After every character that a name may have. */
  private static final String LAST = "~";

  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE IF NOT EXISTS zones (zone TEXT PRIMARY KEY)",
          "CREATE TABLE IF NOT EXISTS pieces (zone TEXT, sha256 TEXT, piece INTEGER, content BLOB,"
              + " PRIMARY KEY (zone, sha256, piece))",
          "CREATE TABLE IF NOT EXISTS named (zone TEXT, name TEXT, content BLOB,"
              + " PRIMARY KEY (zone, name))");

  private final Path file;
  private final ZoneAccess access;

  SqliteStore(Path file, ZoneAccess access) {
    this.file = file;
    this.access = access;
  }

  @Override
  public void createZone(Zone zone) {
    with(
        "make a zone in",
        database -> {
          try (PreparedStatement insert =
              prepare(database, "INSERT OR IGNORE INTO zones VALUES (?)", zone.label())) {
            return insert.executeUpdate();
          }
        });
  }

  @Override
  public ArtifactStore requireAccess() {
    return with(
        "write to",
        database -> {
          for (Zone zone : access.all()) {
            requirePresent(database, zone);
          }
          if (access.writable().isEmpty()) {
            return this;
          }
          try (Statement lock = database.createStatement()) {
            lock.execute("BEGIN IMMEDIATE");
            lock.execute("ROLLBACK");
          }
          return this;
        });
  }

  @Override
  public ArtifactRef put(Zone zone, Path source, String mediaType) {
    access.requireWritable(zone);
    try {
      ArtifactRef ref =
          new ArtifactRef(zone, FileDigest.sha256(source), Files.size(source), mediaType);
      try (InputStream in = new VerifiedStream(Files.newInputStream(source), ref)) {
        return write(ref, in);
      }
    } catch (IOException e) {
      throw unavailable("store " + source + " in", e);
    }
  }

  @Override
  public ArtifactRef put(Zone zone, byte[] content, String mediaType) {
    access.requireWritable(zone);
    ArtifactRef ref = new ArtifactRef(zone, Digests.sha256(content), content.length, mediaType);
    return write(ref, new ByteArrayInputStream(content));
  }

  private ArtifactRef write(ArtifactRef ref, InputStream in) {
    return in(
        ref.zone(),
        "write to",
        database -> {
          database.setAutoCommit(false);
          try (PreparedStatement insert =
              database.prepareStatement("INSERT OR IGNORE INTO pieces VALUES (?, ?, ?, ?)")) {
            int piece = 0;
            byte[] content;
            do {
              content = in.readNBytes(PIECE_BYTES);
              insert.setString(1, ref.zone().label());
              insert.setString(2, ref.sha256());
              insert.setInt(3, piece++);
              insert.setBytes(4, content);
              insert.executeUpdate();
            } while (content.length == PIECE_BYTES);
          }
          database.commit();
          return ref;
        });
  }

  @Override
  public InputStream open(ArtifactRef ref) {
    access.requireReadable(ref.zone());
    byte[] first =
        piece(ref, 0)
            .orElseThrow(
                () ->
                    new StoreException(
                        StoreException.Kind.MISSING, ref.uri() + " is not in " + file));
    return new VerifiedStream(new PieceStream(first, piece -> piece(ref, piece)), ref);
  }

  @Override
  public boolean contains(ArtifactRef ref) {
    return (access.readable().contains(ref.zone()) || access.writable().contains(ref.zone()))
        && content(
                ref.zone(),
                "SELECT x'' FROM pieces WHERE zone = ? AND sha256 = ? AND piece = 0",
                ref.sha256())
            .isPresent();
  }

  private Optional<byte[]> piece(ArtifactRef ref, int piece) {
    return content(
        ref.zone(),
        "SELECT content FROM pieces WHERE zone = ? AND sha256 = ? AND piece = ?",
        ref.sha256(),
        piece);
  }

  @Override
  public boolean putNamed(Zone zone, String name, byte[] content) {
    access.requireWritable(zone);
    String sql = "INSERT OR IGNORE INTO named VALUES (?, ?, ?)";
    return in(
        zone,
        "write to",
        database -> {
          try (PreparedStatement insert =
              prepare(database, sql, zone.label(), ObjectName.require(name), content)) {
            return insert.executeUpdate() == 1;
          }
        });
  }

  @Override
  public Optional<byte[]> readNamed(Zone zone, String name) {
    access.requireReadable(zone);
    return content(zone, "SELECT content FROM named WHERE zone = ? AND name = ?", name);
  }

  @Override
  public NamePage listNamed(Zone zone, String prefix, String after, int limit) {
    access.requireReadable(zone);
    if (limit < 1) {
      throw new IllegalArgumentException("a page of " + limit + " names: ask for at least 1");
    }
    String from = ObjectName.requirePrefix(prefix);
    String sql =
        "SELECT name FROM named WHERE zone = ? AND name > ? AND name >= ? AND name < ?"
            + " ORDER BY name LIMIT ?";
    return in(
        zone,
        "list",
        database -> {
          List<String> names = new ArrayList<>();
          try (PreparedStatement select =
                  prepare(database, sql, zone.label(), after, from, from + LAST, limit + 1L);
              ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
              names.add(rows.getString(1));
            }
          }
          boolean more = names.size() > limit;
          return new NamePage(more ? names.subList(0, limit) : names, more);
        });
  }

  /** The first value of a query whose first parameter is the zone. */
  private Optional<byte[]> content(Zone zone, String sql, Object... more) {
    Object[] values = new Object[more.length + 1];
    values[0] = zone.label();
    System.arraycopy(more, 0, values, 1, more.length);
    return in(
        zone,
        "read from",
        database -> {
          try (PreparedStatement select = prepare(database, sql, values);
              ResultSet rows = select.executeQuery()) {
            return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
          }
        });
  }

  private static PreparedStatement prepare(Connection database, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = database.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  /** What is done with a connection of its own. */
  @FunctionalInterface
  private interface Work<T> {
    T in(Connection database) throws SQLException, IOException;
  }

  private <T> T in(Zone zone, String what, Work<T> work) {
    return with(
        what,
        database -> {
          requirePresent(database, zone);
          return work.in(database);
        });
  }

  private void requirePresent(Connection database, Zone zone) throws SQLException {
    try (PreparedStatement select =
            prepare(database, "SELECT 1 FROM zones WHERE zone = ?", zone.label());
        ResultSet rows = select.executeQuery()) {
      if (!rows.next()) {
        throw new StoreException(
            StoreException.Kind.UNAVAILABLE,
            "zone '" + zone.label() + "' is absent from " + file + ": is it the right file?");
      }
    }
  }

  private <T> T with(String what, Work<T> work) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(WAIT_MILLIS);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    try (Connection database = config.createConnection("jdbc:sqlite:" + file)) {
      try (Statement create = database.createStatement()) {
        for (String table : TABLES) {
          create.execute(table);
        }
      }
      return work.in(database);
    } catch (SQLException | IOException e) {
      throw unavailable(what, e);
    }
  }

  private StoreException unavailable(String what, Exception cause) {
    return new StoreException(
        StoreException.Kind.UNAVAILABLE,
        "cannot " + what + " " + file + " (" + cause + "): check the file, its folder and its disk",
        cause);
  }
}
