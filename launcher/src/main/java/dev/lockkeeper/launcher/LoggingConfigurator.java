package dev.lockkeeper.launcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import ch.qos.logback.core.util.FileSize;
import dev.lockkeeper.attestation.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Where the program logs: what {@link Lockkeeper} says in {@value #DESTINATION} and {@value
 * #FOLDER}. In code and not in XML, whose reading costs a short command a quarter of its time.
 */
public final class LoggingConfigurator extends ContextAwareBase implements Configurator {

  /** {@code console} for standard error, else {@code file}. */
  static final String DESTINATION = "lockkeeper.log";

  /** The folder of the log file. */
  static final String FOLDER = "lockkeeper.logs";

  private static final String PATTERN = "%d{ISO8601} %-5level [%thread] %logger{36} - %msg%n";
  private static final int OLDER_FILES = 3;
  private static final long FILE_BYTES = 10 * FileSize.MB_COEFFICIENT;

  /** A configuration file of somebody else, and that of the tests, comes first. */
  @Override
  public ExecutionStatus configure(LoggerContext context) {
    String destination = System.getProperty(DESTINATION);
    if (destination == null || System.getProperty("logback.configurationFile") != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    context.getStatusManager().add(new NopStatusListener());
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    OutputStreamAppender<ILoggingEvent> appender =
        destination.equals("console")
            ? console()
            : file(context, Path.of(System.getProperty(FOLDER, ".lockkeeper/logs")));
    appender.setContext(context);
    appender.setName(destination);
    appender.setEncoder(encoder);
    appender.start();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(appender);
    context.getLogger("io.temporal").setLevel(Level.WARN);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static OutputStreamAppender<ILoggingEvent> console() {
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setTarget("System.err");
    return appender;
  }

  private OutputStreamAppender<ILoggingEvent> file(LoggerContext context, Path folder) {
    try {
      PrivateFiles.file(folder.resolve("lockkeeper.log"));
    } catch (IOException e) {
      addError("the log file cannot be made", e);
    }
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context);
    appender.setFile(folder.resolve("lockkeeper.log").toString());
    FixedWindowRollingPolicy older = new FixedWindowRollingPolicy();
    older.setContext(context);
    older.setParent(appender);
    older.setFileNamePattern(folder.resolve("lockkeeper.%i.log").toString());
    older.setMaxIndex(OLDER_FILES);
    older.start();
    SizeBasedTriggeringPolicy<ILoggingEvent> full = new SizeBasedTriggeringPolicy<>();
    full.setContext(context);
    full.setMaxFileSize(new FileSize(FILE_BYTES));
    full.start();
    appender.setRollingPolicy(older);
    appender.setTriggeringPolicy(full);
    return appender;
  }
}
