package dev.gatehouse.engine.telemetry.accesslog;

import dev.gatehouse.api.time.TimeSource;
import dev.gatehouse.engine.config.LogRotationConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// When a log file is put aside, under which name, and which of those are deleted. A file is called for the moment at
/// which it was put aside, in UTC, so that names sort by age: `access.log.20261122T120431.123Z.gz`.
final class Rotation {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final String STAMP_PATTERN = "\\.[0-9]{8}T[0-9]{6}\\.[0-9]{3}Z";
    private static final String COMPRESSED = ".gz";
    private static final String UNFINISHED = ".gz.part";
    private static final Logger LOG = LoggerFactory.getLogger("dev.gatehouse.access_log");

    private final LogRotationConfig config;
    private final TimeSource time;
    private final ZoneId zone;
    private final Executor compression;
    private LocalDate day = LocalDate.EPOCH;

    /// @param zone whose midnight begins a new file
    /// @param compression runs what takes long: compressing a file takes seconds
    Rotation(LogRotationConfig config, TimeSource time, ZoneId zone, Executor compression) {
        this.config = config;
        this.time = time;
        this.zone = zone;
        this.compression = compression;
    }

    /// A file that has lines in it already is of the day on which the last one was written.
    void opened(Path file, long size) throws IOException {
        day = size == 0 ? today() : day(Files.getLastModifiedTime(file).toInstant());
    }

    /// Whether the file is to be put aside before `more` octets are written.
    boolean isDue(long size, long more) {
        boolean full = config.size() != null && size + more > config.size();
        boolean old = config.daily() && !today().equals(day);
        return size > 0 && (full || old);
    }

    /// The file, which is closed, gets another name; what is too old is deleted.
    void putAside(Path file) throws IOException {
        Path aside;
        try {
            aside = Files.move(file, free(file));
        } catch (NoSuchFileException e) {
            return; // somebody else was faster
        }
        deleteOldest(file);
        if (config.compress()) {
            compression.execute(() -> compress(aside));
        }
    }

    private Path free(Path file) {
        Instant now = time.now();
        while (true) {
            Path name = file.resolveSibling(file.getFileName() + "." + STAMP.format(now));
            if (!Files.exists(name) && !Files.exists(Path.of(name + COMPRESSED))) {
                return name;
            }
            now = now.plusMillis(1);
        }
    }

    private void deleteOldest(Path file) throws IOException {
        Pattern name = Pattern.compile(Pattern.quote(String.valueOf(file.getFileName())) + STAMP_PATTERN + "("
                + Pattern.quote(COMPRESSED) + ")?");
        try (Stream<Path> files = Files.list(Objects.requireNonNull(file.getParent()))) {
            List<Path> newestFirst = files.filter(other ->
                            name.matcher(other.getFileName().toString()).matches())
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path old : newestFirst.subList(Math.min(config.keep(), newestFirst.size()), newestFirst.size())) {
                Files.deleteIfExists(old);
            }
        }
    }

    /// Until the whole of it is compressed it stays as it is.
    private static void compress(Path file) {
        Path part = Path.of(file + UNFINISHED);
        try {
            try (InputStream in = Files.newInputStream(file);
                    OutputStream out = new GZIPOutputStream(Files.newOutputStream(part), 64 << 10)) {
                in.transferTo(out);
            }
            Files.move(part, Path.of(file + COMPRESSED), StandardCopyOption.ATOMIC_MOVE);
            Files.deleteIfExists(file);
        } catch (NoSuchFileException e) {
            // It was deleted meanwhile, as too old.
        } catch (IOException e) {
            LOG.warn("{} could not be compressed and stays as it is: {}", file, e.toString());
        }
    }

    private LocalDate today() {
        return day(time.now());
    }

    private LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, zone);
    }
}
