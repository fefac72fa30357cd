package dev.gatehouse.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads a password that somebody chooses: typed twice without being shown, or the first line of standard input.
/// Blanks are part of it. What no request could show afterwards (RFC 7617) is refused.
final class NewPassword {
    /// `basic` reads 1,024 octets of a request: user name and password.
    private static final int MOST_OCTETS = 512;

    private NewPassword() {}

    /// @return in UTF-8, for the caller to overwrite
    /// @throws IllegalArgumentException when there is none, two, or one that nobody could log in with
    static byte[] read() throws IOException {
        Console console = System.console();
        byte[] password;
        if (console != null && console.isTerminal()) {
            password = typed(console);
        } else if (isTyped()) {
            throw new IllegalArgumentException("what you type would be shown, since the output does not go to the"
                    + " terminal: run it without '>' and '|', or send the password on standard input");
        } else {
            password = firstLine(System.in);
        }
        if (password.length == 0) {
            throw new IllegalArgumentException("the password is empty");
        }
        if (password.length > MOST_OCTETS) {
            throw new IllegalArgumentException("the password has more than " + MOST_OCTETS + " octets");
        }
        if (!isText(password)) {
            throw new IllegalArgumentException("the password is no text in UTF-8, or has control characters in it");
        }
        return password;
    }

    private static byte[] typed(Console console) {
        char[] once = orNothing(console.readPassword("password: "));
        char[] twice = orNothing(console.readPassword("once more: "));
        try {
            if (!Arrays.equals(once, twice)) {
                throw new IllegalArgumentException("the two are not the same");
            }
            return octets(once);
        } finally {
            Arrays.fill(once, '\0');
            Arrays.fill(twice, '\0');
        }
    }

    private static char[] orNothing(char @Nullable [] typed) {
        return typed == null ? new char[0] : typed;
    }

    private static byte[] octets(char[] text) {
        ByteBuffer encoded = UTF_8.encode(CharBuffer.wrap(text));
        byte[] octets = new byte[encoded.remaining()];
        encoded.get(octets);
        Arrays.fill(encoded.array(), (byte) 0);
        return octets;
    }

    /// Whether somebody types, though what is said goes elsewhere: Java has no terminal then, and does not say why.
    private static boolean isTyped() {
        try {
            return new ProcessBuilder("test", "-t", "0")
                            .redirectInput(ProcessBuilder.Redirect.INHERIT)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // no such program here
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Without its end, `\n` or `\r\n`. No further than it takes to see that it is too long.
    private static byte[] firstLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0 && next != '\n' && line.size() < MOST_OCTETS + 2) {
            line.write(next);
            next = in.read();
        }
        byte[] octets = line.toByteArray();
        boolean returned = octets.length > 0 && octets[octets.length - 1] == '\r';
        return returned ? Arrays.copyOf(octets, octets.length - 1) : octets;
    }

    private static boolean isText(byte[] octets) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).chars().noneMatch(Character::isISOControl);
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
