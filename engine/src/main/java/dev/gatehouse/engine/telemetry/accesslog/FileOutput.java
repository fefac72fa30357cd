package dev.gatehouse.engine.telemetry.accesslog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A file that lines are appended to. Opened when the first line comes and whenever another file, or none, stands at
/// its
/// path: so `logrotate` may move it away, or copy and truncate it, and needs to tell nobody. A new file is
/// readable for owner and group only: addresses of people stand in it.
final class FileOutput implements LineOutput {
    private static final Set<OpenOption> APPEND =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    private static final FileAttribute<?> FOR_OWNER_AND_GROUP =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));

    private final Path path;
    private final @Nullable Rotation rotation;
    private volatile @Nullable FileChannel channel;
    private @Nullable Object identity;

    /// @param rotation when the file is put aside; null when never
    FileOutput(Path path, @Nullable Rotation rotation) {
        this.path = path.toAbsolutePath();
        this.rotation = rotation;
    }

    @Override
    public void write(ByteBuffer lines) throws IOException {
        FileChannel open = open();
        if (rotation != null && rotation.isDue(open.size(), lines.remaining())) {
            close();
            rotation.putAside(path);
            open = open();
        }
        while (lines.hasRemaining()) {
            open.write(lines);
        }
    }

    /// Opens it again when it is not there any more, even if no line comes: whoever moved it away waits for that.
    @Override
    public void look() throws IOException {
        if (channel != null && !Objects.equals(identity, identityAtPath())) {
            close();
            open();
        }
    }

    private FileChannel open() throws IOException {
        FileChannel open = channel;
        if (open != null) {
            return open;
        }
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileChannel opened = posix
                ? FileChannel.open(path, APPEND, FOR_OWNER_AND_GROUP)
                : FileChannel.open(path, APPEND, new FileAttribute<?>[0]);
        channel = opened;
        identity = identityAtPath();
        if (rotation != null) {
            rotation.opened(path, opened.size());
        }
        return opened;
    }

    /// Device and inode where there are such things; null when no file is there.
    private @Nullable Object identityAtPath() {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public void close() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // Every line was handed to the system before; there is nothing left to lose.
            }
        }
    }

    @Override
    public String toString() {
        return "the file " + path;
    }
}
