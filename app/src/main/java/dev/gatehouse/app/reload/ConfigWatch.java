package dev.gatehouse.app.reload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells when the content of the configuration's files has changed. File events make it quick, a look every second
/// makes it sure: events miss what is mounted over a network, and the links Kubernetes swaps for a ConfigMap. An
/// editor writes in steps, so a change counts when nothing has changed any more for a tenth of a second.
///
/// Has a thread of its own, on which it calls; one call at a time.
public final class ConfigWatch implements AutoCloseable {
    private static final long LOOK_MILLIS = 1_000;
    private static final long STABLE_MILLIS = 100;

    /// Larger files, which are jars or bodies of answers, are read again only when their size or time has changed.
    private static final long SMALL_BYTES = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);

    private final Supplier<? extends Collection<Path>> files;
    private final Runnable changed;
    private final Thread thread;
    private final WatchService events;
    private final Map<Path, WatchKey> folders = new HashMap<>();
    private final Map<Path, LargeFile> large = new HashMap<>();
    private byte[] known;

    /// @param key what tells it from another file at its place, where the file system has that
    @SuppressWarnings("ArrayRecordComponent") // compared by its own methods
    private record LargeFile(
            long size, FileTime changed, @Nullable Object key, byte[] digest) {
        boolean is(BasicFileAttributes now) {
            return size == now.size() && changed.equals(now.lastModifiedTime()) && Objects.equals(key, now.fileKey());
        }
    }

    /// @param files all files the configuration is made of now; asked again at every look, because a glob may find
    ///     more of them
    /// @param changed called after each change
    public ConfigWatch(Supplier<? extends Collection<Path>> files, Runnable changed) throws IOException {
        this.files = files;
        this.changed = changed;
        this.events = FileSystems.getDefault().newWatchService();
        this.known = fingerprint();
        this.thread =
                Thread.ofPlatform().daemon().name("gatehouse-config-watch").start(this::watch);
    }

    private void watch() {
        try {
            while (true) {
                awaitEvent();
                byte[] now = fingerprint();
                if (Arrays.equals(now, known)) {
                    continue;
                }
                byte[] settled = stable(now);
                if (Arrays.equals(settled, known)) {
                    // Seen halfway: emptied, and then written as it was.
                    continue;
                }
                known = settled;
                try {
                    changed.run();
                } catch (RuntimeException e) {
                    LOG.error("the changed configuration was not applied", e);
                }
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            LOG.debug("no longer watching", e);
        }
    }

    private void awaitEvent() throws InterruptedException {
        WatchKey key = events.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (key != null) {
            key.pollEvents();
            if (!key.reset()) {
                folders.values().remove(key);
            }
        }
    }

    private byte[] stable(byte[] seen) throws InterruptedException {
        byte[] before = seen;
        while (true) {
            Thread.sleep(STABLE_MILLIS);
            byte[] now = fingerprint();
            if (Arrays.equals(before, now)) {
                return now;
            }
            before = now;
        }
    }

    /// Names and contents of all files. One that cannot be read counts as such: the loader says what is wrong.
    private byte[] fingerprint() {
        MessageDigest digest = sha256();
        for (Path file : files.get()) {
            watchFolder(file);
            digest.update(file.toString().getBytes(UTF_8));
            try {
                digest.update((byte) 1);
                digest.update(content(file));
            } catch (IOException e) {
                digest.update((byte) 0);
            }
        }
        return digest.digest();
    }

    /// What a file holds, or a digest of it.
    private byte[] content(Path file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        if (now.size() <= SMALL_BYTES) {
            large.remove(file);
            return Files.readAllBytes(file);
        }
        LargeFile known = large.get(file);
        if (known == null || !known.is(now)) {
            byte[] digest = sha256().digest(Files.readAllBytes(file));
            known = new LargeFile(now.size(), now.lastModifiedTime(), now.fileKey(), digest);
            large.put(file, known);
        }
        return known.digest();
    }

    private void watchFolder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || folders.containsKey(folder)) {
            return;
        }
        try {
            folders.put(
                    folder,
                    folder.register(
                            events,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE));
        } catch (IOException e) {
            // The look every second finds the change.
            LOG.debug("no events for {}", folder, e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Stops watching. A change that is being worked on is finished first.
    @Override
    public void close() {
        try {
            events.close();
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.debug("closing the watch", e);
        }
    }
}
