package dev.gatehouse.engine.consumer;

import java.security.SecureRandom;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// A key as we make them, whole: shown once to who asked for it, and never kept.
///
/// ```text
/// gh_7Qd3kLm2_0sJ9…27 letters and digits, 160 random bits…x4fT1C
/// │  │                                                    └ checksum over what stands before it
/// │  └ its id is k_7Qd3kLm2
/// └ for people and for scanners of leaked secrets
/// ```
///
/// So what can be no key of ours is told from its text alone, without asking a store. A hash without salt is enough
/// for it: nobody goes through 2^160 texts.
public final class ApiKey {
    /// How keys begin.
    public static final String PREFIX = "gh_";

    /// How keys of the demo begin.
    public static final String DEMO_PREFIX = "demo_";

    private static final List<String> PREFIXES = List.of(PREFIX, DEMO_PREFIX);
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int ID = 8;
    private static final int SECRET = 27;
    private static final int CHECKSUM = 6;
    private static final int REST = ID + 1 + SECRET + CHECKSUM;

    private final String text;
    private final String id;

    private ApiKey(String text, String id) {
        this.text = text;
        this.id = id;
    }

    /// @param prefix one of the two above
    public static ApiKey random(String prefix, SecureRandom random) {
        String id = random(ID, random);
        String start = prefix + id + "_" + random(SECRET, random);
        return new ApiKey(start + checksum(start, start.length()), "k_" + id);
    }

    private static String random(int length, SecureRandom random) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /// Whether we could have made this.
    static boolean isPossible(CharSequence text) {
        String prefix = prefix(text);
        if (prefix == null || text.length() != prefix.length() + REST || text.charAt(prefix.length() + ID) != '_') {
            return false;
        }
        int end = text.length() - CHECKSUM;
        return checksum(text, end).contentEquals(text.subSequence(end, text.length()));
    }

    private static @Nullable String prefix(CharSequence text) {
        for (String prefix : PREFIXES) {
            if (text.length() > prefix.length() && prefix.contentEquals(text.subSequence(0, prefix.length()))) {
                return prefix;
            }
        }
        return null;
    }

    /// The CRC-32 of what stands before `end`, in the letters keys have. No secret: it catches what was cut short,
    /// mistyped or made up.
    private static String checksum(CharSequence text, int end) {
        CRC32 crc = new CRC32();
        for (int i = 0; i < end; i++) {
            crc.update(text.charAt(i));
        }
        char[] letters = new char[CHECKSUM];
        long rest = crc.getValue();
        for (int i = CHECKSUM - 1; i >= 0; i--) {
            letters[i] = ALPHABET.charAt((int) (rest % ALPHABET.length()));
            rest /= ALPHABET.length();
        }
        return new String(letters);
    }

    /// What people call it: no secret.
    public String id() {
        return id;
    }

    /// The secret itself. [#toString] does not tell it.
    public String reveal() {
        return text;
    }

    /// What is kept of it, in hexadecimal digits.
    public String sha256() {
        return hash().hex();
    }

    KeyHash hash() {
        return KeyHash.of(text);
    }

    @Override
    public String toString() {
        return id;
    }
}
