package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Where the lines of the access log go: a stream of the process, a file, or a syslog server.
@Settings(
        name = "telemetry.access_log.to",
        value = "Where the lines of the access log go: a stream of the process, a file, or a syslog server.")
public record AccessLogTargetConfig(
        @Setting("stdout or stderr; the same as that word alone.") @Nullable
        Stream stream,

        @Setting("A file to append to, made with its folders when missing; opened again when it was moved away.")
        @Nullable
        String file,

        @Setting("Only for a file: when the gateway begins a new one itself. Left out, it never does.") @Nullable
        LogRotationConfig rotate,

        @Setting("A syslog server (RFC 5424): udp://host:514, tcp://host:514 or unix:///a/stream/socket.") @Nullable
        String syslog,

        @Setting("Only for syslog: what kind of program speaks. Left out: local0.") @Nullable
        Facility facility) {

    public enum Stream {
        STDOUT,
        STDERR
    }

    /// Kinds of programs (RFC 5424 §6.2.1).
    public enum Facility {
        KERN(0),
        USER(1),
        MAIL(2),
        DAEMON(3),
        AUTH(4),
        SYSLOG(5),
        LPR(6),
        NEWS(7),
        UUCP(8),
        CRON(9),
        AUTHPRIV(10),
        FTP(11),
        NTP(12),
        AUDIT(13),
        ALERT(14),
        CLOCK(15),
        LOCAL0(16),
        LOCAL1(17),
        LOCAL2(18),
        LOCAL3(19),
        LOCAL4(20),
        LOCAL5(21),
        LOCAL6(22),
        LOCAL7(23);

        private final int code;

        Facility(int code) {
            this.code = code;
        }

        /// Its number in a message.
        public int code() {
            return code;
        }
    }

    public AccessLogTargetConfig {
        int written = (stream == null ? 0 : 1) + (file == null ? 0 : 1) + (syslog == null ? 0 : 1);
        if (written > 1) {
            throw new IllegalArgumentException("lines go to one place (expected: one of stream, file, syslog)");
        }
        if (rotate != null && file == null) {
            throw new IllegalArgumentException("rotate: only a file is rotated (expected: file beside it)");
        }
        if (facility != null && syslog == null) {
            throw new IllegalArgumentException("facility: only syslog has one (expected: syslog beside it)");
        }
        if (file != null && (file.isBlank() || file.indexOf('\0') >= 0 || file.endsWith("/"))) {
            throw new IllegalArgumentException(
                    "file: '" + file + "' (expected: a path like /var/log/gatehouse/access.log)");
        }
        if (syslog != null) {
            checkAddress(syslog);
            facility = facility == null ? Facility.LOCAL0 : facility;
        }
        if (written == 0) {
            stream = Stream.STDOUT;
        }
    }

    /// `to: stdout`
    public static AccessLogTargetConfig of(Stream stream) {
        return new AccessLogTargetConfig(stream, null, null, null, null);
    }

    public static AccessLogTargetConfig file(String path, @Nullable LogRotationConfig rotate) {
        return new AccessLogTargetConfig(null, path, rotate, null, null);
    }

    public static AccessLogTargetConfig syslog(String url) {
        return new AccessLogTargetConfig(null, null, null, url, null);
    }

    private static void checkAddress(String url) {
        try {
            URI uri = URI.create(url);
            String scheme = uri.getScheme();
            boolean nothingElse = uri.getQuery() == null && uri.getFragment() == null && uri.getUserInfo() == null;
            if ("unix".equals(scheme)) {
                if (nothingElse
                        && uri.getAuthority() == null
                        && uri.getPath() != null
                        && uri.getPath().length() > 1) {
                    return;
                }
            } else if (("udp".equals(scheme) || "tcp".equals(scheme))
                    && nothingElse
                    && uri.getHost() != null
                    && uri.getPath().isEmpty()
                    && uri.getPort() != 0
                    && uri.getPort() <= 65535) {
                return;
            }
        } catch (IllegalArgumentException e) {
            // Told below, in the same words.
        }
        throw new IllegalArgumentException(
                "syslog: '" + url + "' (expected: udp://host:514, tcp://host:514 or unix:///path/of/a/socket)");
    }
}
