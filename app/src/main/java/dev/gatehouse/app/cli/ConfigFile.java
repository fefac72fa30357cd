package dev.gatehouse.app.cli;

import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.config.source.SourceFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// `-f`: which configuration a command is about.
final class ConfigFile {
    private static final String USUAL = "gateway.yaml";
    private static final String STANDARD_INPUT = "-";
    private static final String NAME_OF_INPUT = "stdin";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            defaultValue = USUAL,
            description = "The configuration (default: ${DEFAULT-VALUE}); - is standard input.")
    private String file = USUAL;

    /// As messages call it.
    String name() {
        return isInput() ? NAME_OF_INPUT : file;
    }

    boolean isInput() {
        return file.equals(STANDARD_INPUT);
    }

    /// Where it is; for standard input, where it would be: what it includes is looked for beside it.
    Path path() {
        return Path.of(name());
    }

    /// Reads the file and all it includes. A file that was named and is not there is one of the mistakes.
    ///
    /// @throws IOException when standard input cannot be read, or nothing was named and the usual file is not there
    Loaded load(LoadOptions options) throws IOException {
        if (isInput()) {
            return ConfigLoader.load(source(), options);
        }
        explainAbsence();
        return ConfigLoader.load(path(), name(), options);
    }

    /// Reads this file alone.
    SourceFile source() throws IOException {
        explainAbsence();
        return new SourceFile(name(), path().toAbsolutePath().normalize(), text());
    }

    private String text() throws IOException {
        try {
            byte[] bytes = isInput() ? System.in.readAllBytes() : Files.readAllBytes(path());
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new IOException(name() + " is not UTF-8", e);
        } catch (NoSuchFileException e) {
            throw new IOException("the file " + name() + " cannot be read: it does not exist", e);
        } catch (IOException e) {
            throw new IOException("the file " + name() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /// Whether none was named and the usual one is not there.
    boolean isAbsent() {
        return file.equals(USUAL) && !Files.exists(path());
    }

    private void explainAbsence() throws IOException {
        if (isAbsent()) {
            throw new IOException("no " + USUAL + " here: name another file with -f."
                    + " 'gatehouse proxy 3000' needs none, 'gatehouse demo' shows what one does");
        }
    }
}
