package dev.gatehouse.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import org.jspecify.annotations.Nullable;

/// Another content for a file that others may be reading: they see the old one or the new one, never a part. Mode,
/// owner and group stay; a link stays a link.
final class Replacement {
    private Replacement() {}

    /// @throws IOException when that cannot be done; then the file is as it was
    static void write(Path file, String text) throws IOException {
        Path target = file.toRealPath();
        Path folder = target.getParent();
        Path written = Files.createTempFile(folder, "." + target.getFileName(), ".new");
        try {
            Files.writeString(written, text);
            copyRights(target, written);
            Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private static void copyRights(Path from, Path to) throws IOException {
        @Nullable PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        PosixFileAttributes wanted = Files.readAttributes(from, PosixFileAttributes.class);
        PosixFileAttributes given = view.readAttributes();
        if (!given.owner().equals(wanted.owner())) {
            view.setOwner(wanted.owner());
        }
        if (!given.group().equals(wanted.group())) {
            view.setGroup(wanted.group());
        }
        view.setPermissions(wanted.permissions());
    }
}
