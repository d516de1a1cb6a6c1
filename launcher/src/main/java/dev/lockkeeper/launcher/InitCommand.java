package dev.lockkeeper.launcher;

import dev.lockkeeper.activities.ingestion.ColumnProfile;
import dev.lockkeeper.activities.ingestion.SourceProfile;
import dev.lockkeeper.engine.DataEngines;
import dev.lockkeeper.features.InputColumn;
import dev.lockkeeper.formats.ingestion.ColumnType;
import dev.lockkeeper.formats.ingestion.SourceSpecification;
import dev.lockkeeper.formats.pipeline.PipelineSpecification;
import dev.lockkeeper.formats.run.ShortName;
import dev.lockkeeper.launcher.StarterFiles.Label;
import dev.lockkeeper.specification.PipelineFile;
import dev.lockkeeper.stage.StageException;
import dev.lockkeeper.starter.CommandException;
import dev.lockkeeper.starter.ExitCode;
import dev.lockkeeper.starter.LockkeeperCommand;
import dev.lockkeeper.starter.SpecificationCheck;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Begins a pipeline from a data file. */
@Command(
    name = "init",
    description =
        "Writes a pipeline and a data contract for a data file: columns by type, categories, a"
            + " label. Both are valid as they are, and yours to change.",
    footer = {"", "Example:", "  ./lockkeeper init loans.csv --label \"outcome == 'defaulted'\""})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class InitCommand implements Callable<Integer> {

  private static final Set<String> LABELS = Set.of("label", "target", "class", "outcome", "y");
  private static final int LONGEST_NAME = 40;

  @ParentCommand private LockkeeperCommand top;

  @Parameters(paramLabel = "FILE", description = "CSV, Parquet or JSON.")
  private Path data;

  @Option(
      names = "--label",
      paramLabel = "EXPRESSION",
      description =
          "What to predict, as a condition on the columns (default: a column called label, target,"
              + " class, outcome or y, else the last one with two values).")
  private @Nullable String label;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The model's name (default: the file's).")
  private @Nullable String name;

  @Option(
      names = "--delimiter",
      paramLabel = "CHARACTER",
      defaultValue = ",",
      description = "What divides the values of a CSV file (default: ${DEFAULT-VALUE}).")
  private String delimiter;

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      defaultValue = ".",
      description = "Where the two files go (default: this folder).")
  private Path to;

  @Override
  public Integer call() throws IOException, SQLException {
    Path file = data.toAbsolutePath().normalize();
    List<ColumnProfile> columns = columns(file);
    StarterFiles files = new StarterFiles(name(), file, delimiter, columns, label(columns));
    if (!files.hasFeatures()) {
      throw new CommandException(
          ExitCode.USAGE,
          file + " has no column that can be a feature: expected numbers, times or categories");
    }
    Path contract = to.resolve(files.name() + ".contract.yaml");
    Path pipeline = to.resolve(files.name() + ".pipeline.yaml");
    requireNew(contract);
    requireNew(pipeline);
    requireValid(files);
    write(contract, files.contract());
    write(pipeline, files.pipeline(String.valueOf(contract.getFileName())));
    answer(contract, pipeline, files);
    return ExitCode.OK.code();
  }

  /** Whoever gives a label that makes no sense has no files to delete. */
  private static void requireValid(StarterFiles files) throws IOException {
    Path folder = Files.createTempDirectory("lockkeeper-init");
    try {
      write(folder.resolve("contract.yaml"), files.contract());
      Path pipeline = folder.resolve("pipeline.yaml");
      write(pipeline, files.pipeline("contract.yaml"));
      PipelineSpecification read = PipelineFile.read(pipeline, null).specification();
      List<SpecificationCheck.Finding> findings = new CompiledSpecification().findings(read);
      if (!findings.isEmpty()) {
        throw new CommandException(
            ExitCode.USAGE,
            findings.stream()
                .map(SpecificationCheck.Finding::message)
                .collect(Collectors.joining("\n       ")));
      }
    } finally {
      TemporaryFolder.remove(folder);
    }
  }

  private List<ColumnProfile> columns(Path file) throws IOException, SQLException {
    Path folder = Files.createTempDirectory("lockkeeper-init");
    SourceSpecification source =
        new SourceSpecification(file.toString(), PipelineFile.format(file), delimiter, null);
    try (SourceProfile profile =
        SourceProfile.read(DataEngines.of(System.getenv()), source, null, folder)) {
      return profile.columns();
    } catch (StageException e) {
      throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    } finally {
      TemporaryFolder.remove(folder);
    }
  }

  private String name() {
    if (name != null) {
      if (!ShortName.fits(name)) {
        throw new CommandException(
            ExitCode.USAGE, "--name '" + name + "': expected " + ShortName.FORM);
      }
      return name;
    }
    String file = String.valueOf(data.getFileName()).replaceFirst("\\.[^.]*$", "");
    String plain =
        file.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    String made = plain.isEmpty() ? "model" : plain;
    return made.length() <= LONGEST_NAME ? made : made.substring(0, LONGEST_NAME);
  }

  private Label label(List<ColumnProfile> columns) {
    if (label != null) {
      String given = label;
      String column =
          columns.stream()
              .filter(one -> mentions(given, one))
              .map(ColumnProfile::name)
              .findFirst()
              .orElseThrow(() -> unknownLabel(columns));
      return new Label(column, given);
    }
    Optional<ColumnProfile> named =
        columns.stream()
            .filter(one -> LABELS.contains(one.name().toLowerCase(Locale.ROOT)) && hasTwo(one))
            .findFirst();
    ColumnProfile chosen =
        named
            .or(() -> columns.stream().filter(InitCommand::hasTwo).reduce((first, last) -> last))
            .orElseThrow(() -> unknownLabel(columns));
    return new Label(chosen.name(), condition(chosen));
  }

  private static boolean hasTwo(ColumnProfile column) {
    return column.values().size() == 2 && column.type() != ColumnType.TIMESTAMP;
  }

  private static boolean mentions(String expression, ColumnProfile column) {
    String identifier = new InputColumn(column.name(), column.type()).identifier();
    return expression.matches("(?s).*\\b" + identifier + "\\b.*");
  }

  /** True of the value that is worth predicting: a one, a yes, else the rarer. */
  private static String condition(ColumnProfile column) {
    String identifier = new InputColumn(column.name(), column.type()).identifier();
    return switch (column.type()) {
      case BOOLEAN -> identifier;
      case STRING -> identifier + " == " + StarterFiles.literal(column.rarest());
      default -> identifier + " == " + (column.values().contains("1") ? "1" : column.rarest());
    };
  }

  private CommandException unknownLabel(List<ColumnProfile> columns) {
    return new CommandException(
        ExitCode.USAGE,
        "--label EXPRESSION says what to predict, for example \"outcome == 'bad'\"; the columns are "
            + columns.stream()
                .map(one -> new InputColumn(one.name(), one.type()).identifier())
                .collect(Collectors.joining(", ")));
  }

  private static void requireNew(Path file) {
    if (Files.exists(file)) {
      throw new CommandException(
          ExitCode.CONFLICT, file + " exists already; --to or --name names another place");
    }
  }

  private static void write(Path file, String text) throws IOException {
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      requireNew(file);
      throw e;
    }
  }

  /** What was written, for programs. */
  record Written(String pipeline, String contract, String label) {}

  private void answer(Path contract, Path pipeline, StarterFiles files) {
    if (top.json()) {
      top.console()
          .answerJson(
              new Written(pipeline.toString(), contract.toString(), files.label().expression()));
      return;
    }
    top.console().answer("wrote " + contract + " and " + pipeline);
    top.console().answer("predicts " + files.label().expression());
    top.console().answer("next:");
    top.console()
        .answer(
            "  ./lockkeeper validate "
                + LockkeeperCommand.quoted(pipeline)
                + " --data "
                + LockkeeperCommand.quoted(data));
    top.console()
        .answer(
            "  ./lockkeeper run "
                + LockkeeperCommand.quoted(pipeline)
                + " --version 1 --follow"
                + top.stateOption());
  }
}
