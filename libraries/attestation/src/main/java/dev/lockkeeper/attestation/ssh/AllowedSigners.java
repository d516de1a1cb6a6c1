package dev.lockkeeper.attestation.ssh;

import dev.lockkeeper.attestation.CustodyException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A strict subset of OpenSSH's allowed signers: one exact principal a line, {@code namespaces="…"}
 * required, times in UTC with {@code Z}, no certificates, no key under two principals.
 */
public final class AllowedSigners {

  private static final Pattern LINE =
      Pattern.compile(
          "(?<principal>\\S+)\\s+(?<options>\\S+=\"[^\"]*\"\\S*)\\s+(?<type>[a-z0-9@.-]+)\\s+(?<key>[A-Za-z0-9+/=]+)(\\s+.*)?");
  private static final Pattern OPTION =
      Pattern.compile("(?<name>[a-z-]+)=\"(?<value>[^\"]*)\"(,|$)");
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);

  private record Entry(
      String principal,
      Set<String> namespaces,
      @Nullable Instant from,
      @Nullable Instant until,
      String key) {}

  private final List<Entry> entries;

  private AllowedSigners(List<Entry> entries) {
    this.entries = entries;
  }

  /**
   * Reads the text of an allowed signers file.
   *
   * @throws CustodyException naming the line and what is wrong with it
   */
  public static AllowedSigners parse(String text) {
    List<Entry> entries = new ArrayList<>();
    Map<String, String> owners = new HashMap<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      Entry entry = entry(line.strip(), "allowed signers, line " + number + ": ");
      String owner = owners.put(entry.key(), entry.principal());
      if (owner != null && !owner.equals(entry.principal())) {
        throw new CustodyException(
            "allowed signers, line "
                + number
                + ": the key belongs to '"
                + owner
                + "' and to '"
                + entry.principal()
                + "'; a key has one owner");
      }
      entries.add(entry);
    }
    return new AllowedSigners(entries);
  }

  /** The principals with a key for a namespace that is valid at a time, in file order. */
  public List<String> principals(String namespace, Instant at) {
    Set<String> principals = new LinkedHashSet<>();
    entries.stream()
        .filter(e -> valid(e, namespace, at))
        .forEach(e -> principals.add(e.principal()));
    return List.copyOf(principals);
  }

  /**
   * Requires that a signature's key is a principal's, for a namespace and at a time.
   *
   * @throws CustodyException if it is not
   */
  public void require(String principal, SshSignature signature, String namespace, Instant at) {
    boolean allowed =
        entries.stream()
            .anyMatch(
                e ->
                    e.principal().equals(principal)
                        && e.key().equals(signature.keyBase64())
                        && valid(e, namespace, at));
    if (!allowed) {
      throw new CustodyException(
          "key "
              + signature.fingerprint()
              + " is not enrolled for '"
              + principal
              + "' in namespace '"
              + namespace
              + "' at "
              + at);
    }
  }

  private static boolean valid(Entry entry, String namespace, Instant at) {
    return entry.namespaces().contains(namespace)
        && (entry.from() == null || !at.isBefore(entry.from()))
        && (entry.until() == null || at.isBefore(entry.until()));
  }

  private static Entry entry(String line, String where) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new CustodyException(
          where + "expected PRINCIPAL namespaces=\"…\" KEYTYPE BASE64, all on one line");
    }
    String principal = matcher.group("principal");
    if (principal.matches(".*[*?!,].*")) {
      throw new CustodyException(where + "principal '" + principal + "' must be one exact name");
    }
    Map<String, String> options = options(matcher.group("options"), where);
    String namespaces = options.remove("namespaces");
    if (namespaces == null || namespaces.isBlank() || namespaces.matches(".*[*?!].*")) {
      throw new CustodyException(where + "namespaces=\"…\" with exact names is required");
    }
    Instant from = time(options.remove("valid-after"), where);
    Instant until = time(options.remove("valid-before"), where);
    if (!options.isEmpty()) {
      throw new CustodyException(
          where + "option '" + options.keySet().iterator().next() + "' is not accepted");
    }
    return new Entry(principal, Set.of(namespaces.split(",")), from, until, key(matcher, where));
  }

  private static String key(Matcher matcher, String where) {
    try {
      byte[] blob = Base64.getDecoder().decode(matcher.group("key"));
      String type = new WireReader(blob, "SSH public key").text();
      SshPublicKey.parse(blob);
      if (!type.equals(matcher.group("type"))) {
        throw new CustodyException(
            "a key of type " + type + " is written as " + matcher.group("type"));
      }
      return Base64.getEncoder().encodeToString(blob);
    } catch (CustodyException e) {
      throw new CustodyException(where + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new CustodyException(where + "the key is not base64", e);
    }
  }

  private static Map<String, String> options(String text, String where) {
    Map<String, String> options = new HashMap<>();
    Matcher matcher = OPTION.matcher(text);
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      options.put(matcher.group("name"), matcher.group("value"));
      end = matcher.end();
    }
    if (end != text.length()) {
      throw new CustodyException(where + "options '" + text + "' cannot be read");
    }
    return options;
  }

  private static @Nullable Instant time(@Nullable String text, String where) {
    if (text == null) {
      return null;
    }
    if (!text.matches("(\\d{8}|\\d{12}|\\d{14})Z")) {
      throw new CustodyException(where + "time '" + text + "' must be YYYYMMDD[HHMM[SS]]Z, in UTC");
    }
    String digits = (text.substring(0, text.length() - 1) + "000000").substring(0, 14);
    try {
      return LocalDateTime.parse(digits, SECONDS).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new CustodyException(where + "there is no time '" + text + "'", e);
    }
  }
}
