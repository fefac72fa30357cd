package dev.gatehouse.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ConsoleLogTest {
    private final LoggerContext log = new LoggerContext();

    @Test
    void logback_finds_it_and_asks_nobody_after_it() {
        assertThat(ServiceLoader.load(Configurator.class)).hasOnlyElementsOfType(ConsoleLog.class);
        assertThat(new ConsoleLog().configure(log)).isEqualTo(Configurator.ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
    }

    @Test
    void libraries_speak_of_trouble_only() {
        new ConsoleLog().configure(log);

        assertThat(log.getLogger("dev.gatehouse.engine").isInfoEnabled()).isTrue();
        assertThat(log.getLogger("dev.gatehouse.engine").isDebugEnabled()).isFalse();
        assertThat(log.getLogger("io.netty.channel").isInfoEnabled()).isFalse();
        assertThat(log.getLogger("io.netty.channel").isWarnEnabled()).isTrue();
        assertThat(log.getLogger("io.lettuce.core").isWarnEnabled()).isFalse();
    }

    @Test
    void an_event_is_a_line_on_standard_error() {
        LoggingEvent event = event("the file {} is back", "a");

        assertThat(console().getTarget()).isEqualTo("System.err");
        assertThat(written(event))
                .isEqualTo("21:05:07.045 INFO  d.g.a.r.ConfigWatch  the file a is back" + System.lineSeparator());
    }

    @Test
    void what_was_thrown_stands_below_it_with_its_stack() {
        LoggingEvent event = event("the file is gone");
        event.setThrowableProxy(new ThrowableProxy(new IllegalStateException("no file")));

        assertThat(written(event).lines())
                .startsWith("21:05:07.045 INFO  d.g.a.r.ConfigWatch  the file is gone")
                .contains("java.lang.IllegalStateException: no file")
                .anyMatch(line -> line.startsWith("\tat " + ConsoleLogTest.class.getName()));
    }

    private LoggingEvent event(String message, Object... arguments) {
        Logger reload = log.getLogger("dev.gatehouse.app.reload.ConfigWatch");
        LoggingEvent event = new LoggingEvent("", reload, Level.INFO, message, null, arguments);
        event.setInstant(LocalDateTime.of(2026, 11, 22, 21, 5, 7, 45_000_000)
                .atZone(ZoneId.systemDefault())
                .toInstant());
        return event;
    }

    private String written(LoggingEvent event) {
        return new String(console().getEncoder().encode(event), StandardCharsets.UTF_8);
    }

    private ConsoleAppender<ILoggingEvent> console() {
        new ConsoleLog().configure(log);
        return (ConsoleAppender<ILoggingEvent>)
                log.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("err");
    }
}
