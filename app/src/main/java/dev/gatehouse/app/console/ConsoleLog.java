package dev.gatehouse.app.console;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;

/// Where the program's own log goes: to standard error, a line for each event. Found by Logback through the service
/// file; a file named with `-Dlogback.configurationFile` wins over it.
///
/// Java and not XML, because every command waits for it: reading ten lines of XML took a tenth of the start.
@ConfiguratorRank(ConfiguratorRank.CUSTOM_NORMAL_PRIORITY)
public final class ConsoleLog extends ContextAwareBase implements Configurator {
    private static final String FILE_OF_THE_USER = "logback.configurationFile";

    @Override
    public ExecutionStatus configure(LoggerContext log) {
        if (System.getProperty(FILE_OF_THE_USER) != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        log.getLogger("io.netty").setLevel(Level.WARN);
        // What it warns of, a store says once itself.
        log.getLogger("io.lettuce").setLevel(Level.ERROR);
        ch.qos.logback.classic.Logger root = log.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(standardError(log));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static ConsoleAppender<ILoggingEvent> standardError(LoggerContext log) {
        LogLine line = new LogLine();
        line.setContext(log);
        line.start();
        LayoutWrappingEncoder<ILoggingEvent> lines = new LayoutWrappingEncoder<>();
        lines.setContext(log);
        lines.setLayout(line);
        lines.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(log);
        appender.setName("err");
        appender.setTarget(ConsoleTarget.SystemErr.getName());
        appender.setEncoder(lines);
        appender.start();
        return appender;
    }
}
