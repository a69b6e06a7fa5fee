package holt.standalone;

import holt.standalone.client.Chat;
import holt.standalone.client.HoltClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import sun.misc.Signal;

/** A conversation in the terminal, or one answer to what comes through a pipe. */
final class RunChat {
    private static final int INTERRUPTED = 130; // as shells count: 128 and the signal

    private RunChat() {}

    static void run(Command.Chat command, PrintStream out) throws IOException {
        var chat = new Chat(new HoltClient(command.url()), command.model(), out);
        Signal.handle(
                new Signal("INT"),
                _ -> {
                    if (!chat.interrupt()) {
                        Runtime.getRuntime().halt(INTERRUPTED);
                    }
                });
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        if (System.console() != null && System.console().isTerminal()) {
            chat.talk(in);
        } else {
            chat.answer(in);
        }
    }
}
