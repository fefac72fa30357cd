package dev.gatehouse.acme;

import dev.gatehouse.engine.config.AcmeConfig;
import dev.gatehouse.engine.tls.acme.IssuedCertificate;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is kept of an issuer between starts: a folder per issuer in the storage.
///
/// ```
/// acme/acme-v02.api.letsencrypt.org-6f9b2f11/
///   account.key                     who we are there
///   shop.example.com-1c0be3a7.pem   a certificate and its key: CertificateFile
///   lock                            held by the gateway that orders
/// ```
///
/// Folders that are made are for the gateway's user alone, files too. Each is written beside its place and renamed
/// into it, so nobody sees half of one. Several gateways may have the same folder.
final class IssuerFolder {
    private static final FileAttribute<?> OURS_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> OURS_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /// No file of ours is near this.
    private static final long LARGEST = 1 << 20;

    private static final String DRAFT = "draft-";
    private static final int HASH_OCTETS = 4;

    private final AcmeConfig config;
    private final Path folder;
    private final Path certificate;
    private final Path account;

    IssuerFolder(AcmeConfig config) {
        this.config = config;
        URI directory = URI.create(config.directory());
        String issuer = directory.getHost() + (directory.getPort() < 0 ? "" : "_" + directory.getPort());
        this.folder = Path.of(config.storage()).resolve(issuer + "-" + hash(List.of(config.directory())));
        List<String> hosts = config.hosts().stream().sorted().toList();
        String name =
                config.hosts().getFirst() + "-" + hash(hosts) + (config.key() == AcmeConfig.KeyType.RSA ? "-rsa" : "");
        this.certificate = folder.resolve(name + ".pem");
        this.account = folder.resolve("account.key");
    }

    private static String hash(List<String> words) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", words).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_OCTETS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Where the certificate is kept.
    Path certificateFile() {
        return certificate;
    }

    /// Takes the right to order.
    ///
    /// @return null when another process is ordering
    /// @throws IOException when the folder cannot be made or written to
    @Nullable
    OrderLock tryLock() throws IOException, InterruptedException {
        Files.createDirectories(folder, OURS_FOLDER);
        OrderLock lock = OrderLock.tryTake(folder.resolve("lock"), OURS_FILE);
        if (lock != null) {
            removeDrafts();
        }
        return lock;
    }

    /// What a gateway left that was killed while it wrote.
    private void removeDrafts() throws IOException {
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder, DRAFT + "*")) {
            for (Path draft : drafts) {
                Files.deleteIfExists(draft);
            }
        }
    }

    /// The certificate that is kept; null when there is none. It may have expired.
    ///
    /// @throws CertificateFile.Unusable when what stands there is damaged, or not what is wanted
    @Nullable
    IssuedCertificate stored() throws IOException, CertificateFile.Unusable {
        byte[] pem = read(certificate);
        return pem == null ? null : CertificateFile.read(pem, config);
    }

    void store(IssuedCertificate issued) throws IOException {
        write(certificate, CertificateFile.write(issued));
    }

    /// The key of the account; a new one, which is kept, when there is none. Only while the lock is held.
    ///
    /// @throws IOException when it cannot be read or kept, and when what stands there is no key: an account is more
    ///     than its key, so nobody but the operator may do away with it
    KeyPair accountKey() throws IOException {
        byte[] pem = read(account);
        if (pem == null) {
            KeyPair fresh = FreshKeys.ecdsa();
            write(account, AccountFile.write(fresh));
            return fresh;
        }
        try {
            return AccountFile.read(pem);
        } catch (GeneralSecurityException e) {
            throw new IOException(account + " is damaged: restore it, or remove it to begin with a new account", e);
        }
    }

    /// Null when there is no such file.
    private static byte @Nullable [] read(Path file) throws IOException {
        try {
            if (Files.size(file) > LARGEST) {
                throw new IOException(file + " is too large to be ours");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException _) {
            return null;
        }
    }

    private void write(Path file, byte[] content) throws IOException {
        Path draft = Files.createTempFile(folder, DRAFT, ".tmp", OURS_FILE);
        try {
            try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer octets = ByteBuffer.wrap(content);
                while (octets.hasRemaining()) {
                    out.write(octets);
                }
                // Otherwise a power cut may leave the new name with nothing in it.
                out.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
        try (FileChannel names = FileChannel.open(folder, Set.of(StandardOpenOption.READ))) {
            names.force(true);
        }
    }
}
