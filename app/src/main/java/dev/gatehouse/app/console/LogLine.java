package dev.gatehouse.app.console;

import ch.qos.logback.classic.pattern.TargetLengthBasedClassNameAbbreviator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.ZoneId;

/// An event of the program's own log as a line, and the stack of what was thrown below it:
/// `21:05:07.045 INFO  d.g.a.r.ConfigWatch  the file is back`.
///
/// Logback's patterns would say the same, but make their formatter of dates when nobody has logged anything yet.
final class LogLine extends LayoutBase<ILoggingEvent> {
    private static final int LONGEST_NAME = 20;

    private final TargetLengthBasedClassNameAbbreviator names = new TargetLengthBasedClassNameAbbreviator(LONGEST_NAME);

    @Override
    public String doLayout(ILoggingEvent event) {
        String line = "%tT.%<tL %-5s %s  %s%n"
                .formatted(
                        event.getInstant().atZone(ZoneId.systemDefault()),
                        event.getLevel(),
                        names.abbreviate(event.getLoggerName()),
                        event.getFormattedMessage());
        IThrowableProxy thrown = event.getThrowableProxy();
        return thrown == null ? line : line + ThrowableProxyUtil.asString(thrown);
    }
}
