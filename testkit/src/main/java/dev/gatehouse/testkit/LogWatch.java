package dev.gatehouse.testkit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/// Listens to warnings and errors while a test runs. One for the JVM; events come from any thread.
final class LogWatch extends AppenderBase<ILoggingEvent> {

    static final LogWatch INSTANCE = new LogWatch();

    private final List<ILoggingEvent> events = new ArrayList<>();
    private final List<String> expected = new ArrayList<>();
    private final List<String> allowed = new ArrayList<>();

    private LogWatch() {
        setName("clean-end");
    }

    @Override
    public synchronized void start() {
        if (isStarted()) {
            stop();
        }
        LoggerContext context = loggers();
        setContext(context);
        super.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(this);
    }

    @Override
    public synchronized void stop() {
        loggers().getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(this);
        super.stop();
        events.clear();
        expected.clear();
        allowed.clear();
    }

    synchronized void expect(String part) {
        expected.add(part);
    }

    synchronized void allow(String part) {
        allowed.add(part);
    }

    /// What was logged and not declared, and what was expected and not logged.
    synchronized List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        List<String> missing = new ArrayList<>(expected);
        for (ILoggingEvent event : events) {
            String text = text(event);
            missing.removeIf(text::contains);
            boolean declared = expected.stream().anyMatch(text::contains)
                    || allowed.stream().anyMatch(text::contains);
            if (!declared) {
                complaints.add("log: " + text);
            }
        }
        missing.forEach(part -> complaints.add("the log never said: " + part));
        return complaints;
    }

    @Override
    protected synchronized void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            events.add(event);
        }
    }

    private static String text(ILoggingEvent event) {
        StringBuilder text = new StringBuilder()
                .append(event.getLevel())
                .append(' ')
                .append(event.getLoggerName())
                .append(": ")
                .append(event.getFormattedMessage());
        for (IThrowableProxy cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
            text.append(" | ").append(cause.getClassName()).append(": ").append(cause.getMessage());
        }
        return text.toString();
    }

    private static LoggerContext loggers() {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (factory instanceof LoggerContext context) {
            return context;
        }
        throw new IllegalStateException(
                "CleanEnd reads the log through logback, but slf4j found " + factory.getClass());
    }
}
