package dev.gatehouse.app.cli;

import dev.gatehouse.app.admin.view.ViewJson;
import dev.gatehouse.app.password.PasswordHashing;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gatehouse hash-password`: what the file has of a user's password.
@Command(
        name = "hash-password",
        mixinStandardHelpOptions = true,
        description = "Hash a password for a user of 'type: basic'. It is asked for, or read from standard input.",
        footer = {
            "",
            "Argon2id is made unless --bcrypt asks for the other. Of standard input the first line is read.",
            "",
            "Examples:",
            "  gatehouse hash-password                            asks twice, and shows nothing of it",
            "  gatehouse hash-password < password.txt",
            "  gatehouse hash-password --memory 64MiB --iterations 3",
            "  gatehouse hash-password --bcrypt --cost 12         for an htpasswd file",
        })
final class HashPasswordCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(hidden = true, arity = "0..*")
    private List<String> arguments = List.of();

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            converter = Units.Size.class,
            description = "Memory that Argon2id takes for each check, 7MiB to 256MiB (default: 19MiB).")
    private @Nullable Long memory;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            description = "How often Argon2id goes through it, 1 to 32 (default: 2).")
    private @Nullable Integer iterations;

    @Option(
            names = "--lanes",
            paramLabel = "N",
            description = "Parts of that memory that depend on each other little, 1 to 16 (default: 1).")
    private @Nullable Integer lanes;

    @Option(names = "--bcrypt", description = "Make a hash of bcrypt ($2y$…); of up to 72 octets.")
    private boolean bcrypt;

    @Option(
            names = "--cost",
            paramLabel = "N",
            description = "What bcrypt costs, 10 to 16; one more is twice as slow (default: 12).")
    private @Nullable Integer cost;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (!arguments.isEmpty()) {
            // Not repeated: it is a password.
            throw new ParameterException(
                    spec.commandLine(),
                    "a password is no argument, since others see those: type it, or send it on standard input");
        }
        PasswordHashing hashing = hashing();
        byte[] password = NewPassword.read();
        String hash;
        try {
            hash = hashing.hash(password, new SecureRandom());
        } finally {
            Arrays.fill(password, (byte) 0);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? ViewJson.MAPPER.writeValueAsString(Map.of("hash", hash)) : hash);
        out.flush();
        return 0;
    }

    private PasswordHashing hashing() {
        if (bcrypt ? memory != null || iterations != null || lanes != null : cost != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    bcrypt
                            ? "--memory, --iterations and --lanes are for Argon2id; --bcrypt has a --cost"
                            : "--cost is for --bcrypt; Argon2id has --memory, --iterations and --lanes");
        }
        if (bcrypt) {
            return cost == null ? PasswordHashing.Bcrypt.USUAL : new PasswordHashing.Bcrypt(cost);
        }
        PasswordHashing.Argon2id usual = PasswordHashing.Argon2id.USUAL;
        return new PasswordHashing.Argon2id(
                memory == null ? usual.memoryKib() : (int) Math.min(Integer.MAX_VALUE, memory >> 10),
                iterations == null ? usual.iterations() : iterations,
                lanes == null ? usual.lanes() : lanes);
    }
}
