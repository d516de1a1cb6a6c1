package dev.lockkeeper.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The project's {@code docker-compose.yml}, as far as a sandbox can do what a container engine
 * does.
 *
 * @param services those that run the project's own image, by name
 */
record ComposeFile(Map<String, Service> services) {

  /** What the engine would bind into a container; {@code source} starts with ./ or is a volume. */
  record Mount(String source, String target, boolean writable) {}

  /**
   * One container.
   *
   * @param temporary folders in memory and their mount options, by place
   */
  record Service(
      String name,
      List<String> command,
      Map<String, String> environment,
      List<Mount> mounts,
      Map<String, Set<String>> temporary) {}

  static ComposeFile read(Path file) throws IOException {
    Map<?, ?> root =
        new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
    Map<?, ?> secrets = map(root.get("secrets"));
    Map<String, Service> services = new TreeMap<>();
    map(root.get("services"))
        .forEach(
            (name, service) -> {
              if ("lockkeeper:0.1.0".equals(map(service).get("image"))) {
                services.put(name.toString(), service(name.toString(), map(service), secrets));
              }
            });
    return new ComposeFile(services);
  }

  private static Service service(String name, Map<?, ?> service, Map<?, ?> secrets) {
    List<Mount> mounts = new ArrayList<>();
    for (Object volume : list(service.get("volumes"))) {
      String[] parts = withDefaults(volume.toString()).split(":");
      mounts.add(new Mount(parts[0], parts[1], parts.length < 3 || !parts[2].equals("ro")));
    }
    for (Object use : list(service.get("secrets"))) {
      Object file = map(secrets.get(map(use).get("source"))).get("file");
      mounts.add(new Mount(file.toString(), map(use).get("target").toString(), false));
    }
    Map<String, String> environment = new TreeMap<>();
    map(service.get("environment"))
        .forEach((key, value) -> environment.put(key.toString(), value.toString()));
    List<String> command = list(service.get("command")).stream().map(Object::toString).toList();
    Map<String, Set<String>> temporary = new TreeMap<>();
    for (Object folder : list(service.get("tmpfs"))) {
      String[] parts = folder.toString().split(":");
      temporary.put(parts[0], Set.of(parts[1].split(",")));
    }
    return new Service(name, command, environment, mounts, temporary);
  }

  /** {@code ${NAME:-default}} with no variable set. */
  private static String withDefaults(String text) {
    return text.replaceAll("\\$\\{\\w+:-([^}]*)}", "$1");
  }

  private static Map<?, ?> map(Object value) {
    return value == null ? Map.of() : (Map<?, ?>) value;
  }

  private static List<?> list(Object value) {
    return value == null ? List.of() : (List<?>) value;
  }
}
