package dev.gatehouse.app.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// The secret that opens an admin API which can be reached from other machines: `gha_` and at least 128 bits in
/// base64url. The prefix lets scanners find one that was committed by mistake.
public final class AdminToken {
    private static final String PREFIX = "gha_";
    private static final int RANDOM_OCTETS = 32;
    private static final Pattern FORM = Pattern.compile("gha_[A-Za-z0-9_-]{22,512}");

    private final String text;

    private AdminToken(String text) {
        this.text = text;
    }

    /// 256 random bits.
    public static AdminToken random(SecureRandom random) {
        byte[] octets = new byte[RANDOM_OCTETS];
        random.nextBytes(octets);
        return new AdminToken(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(octets));
    }

    /// @throws IllegalArgumentException when it is not of this form, without repeating it
    public static AdminToken of(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "the admin token has another form (expected: gha_ and at least 22 letters,"
                            + " digits, - or _; such as gha_$(openssl rand -hex 32))");
        }
        return new AdminToken(text);
    }

    /// Takes as long for an almost right token as for a wrong one.
    boolean is(String presented) {
        return MessageDigest.isEqual(octets(text), octets(presented));
    }

    /// What is kept of it, in hexadecimal digits.
    public String sha256() {
        return HexFormat.of().formatHex(AdminTokens.sha256(text));
    }

    /// The secret itself, to be shown once to who started the gateway. [#toString] does not tell it.
    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return PREFIX + "…";
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
