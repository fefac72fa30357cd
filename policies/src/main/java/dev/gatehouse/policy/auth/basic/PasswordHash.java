package dev.gatehouse.policy.auth.basic;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// The hash of a password, with all it takes to check one. Its text is secret enough to stay out of messages.
final class PasswordHash {
    /// The PHC string format, as the reference implementation of Argon2 writes it (RFC 9106).
    private static final Pattern ARGON2ID =
            Pattern.compile("\\$argon2id\\$v=19\\$m=([0-9]{1,9}),t=([0-9]{1,4}),p=([0-9]{1,3})"
                    + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$([0-9]{2})\\$[./A-Za-z0-9]{53}");

    /// What bcrypt reads of a password; what comes after is nothing to it.
    private static final int MOST_OF_BCRYPT = 72;

    /// KiB: two checks at the same time have to have room.
    private static final int MOST_MEMORY = 256 << 10;

    private static final int MOST_ITERATIONS = 32;
    private static final int MOST_LANES = 16;
    private static final int MOST_COST = 16;

    private final String text;
    private final Check check;
    private final boolean bcrypt;

    private interface Check {
        boolean matches(byte[] password);
    }

    private PasswordHash(String text, Check check, boolean bcrypt) {
        this.text = text;
        this.check = check;
        this.bcrypt = bcrypt;
    }

    /// @throws IllegalArgumentException with a sentence for the user, and nothing of the hash
    static PasswordHash of(String text) {
        Matcher argon2id = ARGON2ID.matcher(text);
        if (argon2id.matches()) {
            int memory = Integer.parseInt(argon2id.group(1));
            int iterations = Integer.parseInt(argon2id.group(2));
            int lanes = Integer.parseInt(argon2id.group(3));
            if (memory < 8 * lanes
                    || memory > MOST_MEMORY
                    || iterations < 1
                    || iterations > MOST_ITERATIONS
                    || lanes < 1
                    || lanes > MOST_LANES) {
                throw new IllegalArgumentException("a hash of Argon2id is made with at most m=" + MOST_MEMORY
                        + " (KiB), t=" + MOST_ITERATIONS + ", p=" + MOST_LANES);
            }
            Argon2Parameters parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(memory)
                    .withIterations(iterations)
                    .withParallelism(lanes)
                    .withSalt(decoded(argon2id.group(4)))
                    .build();
            byte[] wanted = decoded(argon2id.group(5));
            return new PasswordHash(text, password -> argon2id(parameters, password, wanted), false);
        }
        Matcher bcrypt = BCRYPT.matcher(text);
        if (bcrypt.matches()) {
            int cost = Integer.parseInt(bcrypt.group(1));
            if (cost < 4 || cost > MOST_COST) {
                throw new IllegalArgumentException("the cost of a bcrypt hash is between 4 and " + MOST_COST);
            }
            return new PasswordHash(text, password -> bcrypt(text, password), true);
        }
        throw new IllegalArgumentException(
                "is no hash of a password that is taken here (expected: $argon2id$v=19$… or $2y$…)");
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a hash of Argon2id has salt and hash in base64", e);
        }
    }

    private static boolean argon2id(Argon2Parameters parameters, byte[] password, byte[] wanted) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(parameters);
        byte[] hash = new byte[wanted.length];
        generator.generateBytes(password, hash);
        return MessageDigest.isEqual(hash, wanted);
    }

    /// Two long passwords that begin alike are not the same.
    private static boolean bcrypt(String text, byte[] password) {
        byte[] read = password.length > MOST_OF_BCRYPT ? Arrays.copyOf(password, MOST_OF_BCRYPT) : password;
        return OpenBSDBCrypt.checkPassword(text, read) && read == password;
    }

    boolean isBcrypt() {
        return bcrypt;
    }

    /// Takes its time: never on an event loop.
    ///
    /// @param password in UTF-8
    boolean matches(byte[] password) {
        return check.matches(password);
    }

    /// For keys of what was verified: another hash is another user.
    byte[] octets() {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// Not the hash.
    @Override
    public String toString() {
        return bcrypt ? "bcrypt" : "argon2id";
    }
}
