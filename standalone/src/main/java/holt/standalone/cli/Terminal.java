package holt.standalone.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The terminal, or the files and pipes, of this process. */
final class Terminal {
    private Terminal() {}

    /** Writes UTF-8 in every locale, because models answer in all languages. */
    static PrintStream output() {
        return new PrintStream(
                new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    }

    /** Whether a person reads and writes. */
    static boolean isInteractive() {
        return System.console() != null && System.console().isTerminal();
    }
}
