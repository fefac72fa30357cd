package dev.gatehouse.app.password;

import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// How a new password is hashed, with what makes that slow. Immutable.
public sealed interface PasswordHashing {
    /// Takes its time, on purpose.
    ///
    /// @param password in UTF-8; not changed
    /// @param random for the salt
    /// @return the hash with all it takes to check it, as the file has it
    /// @throws IllegalArgumentException with a sentence for the user
    String hash(byte[] password, SecureRandom random);

    private static byte[] salt(SecureRandom random) {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        return salt;
    }

    private static void between(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " to " + most + ")");
        }
    }

    /// Argon2id (RFC 9106), as a string in the PHC format.
    ///
    /// @param memoryKib how much memory each check takes, 7168 to 262144 KiB
    /// @param iterations how often it is gone through, 1 to 32
    /// @param lanes that could be gone through at the same time, 1 to 16
    record Argon2id(int memoryKib, int iterations, int lanes) implements PasswordHashing {
        /// The least that OWASP advises at two iterations: 19 MiB.
        public static final Argon2id USUAL = new Argon2id(19 << 10, 2, 1);

        private static final int OCTETS = 32;

        public Argon2id {
            between("memory in KiB", memoryKib, 7 << 10, 256 << 10);
            between("iterations", iterations, 1, 32);
            between("lanes", lanes, 1, 16);
        }

        @Override
        public String hash(byte[] password, SecureRandom random) {
            byte[] salt = salt(random);
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(memoryKib)
                    .withIterations(iterations)
                    .withParallelism(lanes)
                    .withSalt(salt)
                    .build());
            byte[] hash = new byte[OCTETS];
            generator.generateBytes(password, hash);
            Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
            return "$argon2id$v=19$m=" + memoryKib + ",t=" + iterations + ",p=" + lanes + "$"
                    + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
        }
    }

    /// bcrypt, for what takes nothing else.
    ///
    /// @param cost the logarithm of how often it is gone through, 10 to 16
    record Bcrypt(int cost) implements PasswordHashing {
        public static final Bcrypt USUAL = new Bcrypt(12);

        /// Of a longer password it would not read the end.
        private static final int MOST_OCTETS = 72;

        public Bcrypt {
            between("cost", cost, 10, 16);
        }

        @Override
        public String hash(byte[] password, SecureRandom random) {
            if (password.length > MOST_OCTETS) {
                throw new IllegalArgumentException("the password has " + password.length
                        + " octets, and bcrypt reads no more than " + MOST_OCTETS + ": take Argon2id");
            }
            return OpenBSDBCrypt.generate("2y", password, salt(random), cost);
        }
    }
}
