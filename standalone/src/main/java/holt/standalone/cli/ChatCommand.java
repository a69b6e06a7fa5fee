package holt.standalone.cli;

import holt.standalone.client.Chat;
import holt.standalone.client.ChatOptions;
import holt.standalone.client.HoltClient;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sun.misc.Signal;

@Command(
        name = "chat",
        description = {
            "Chats with a model of a running Holt. Piped input is one question:",
            "echo hi | holt chat holt-chat"
        },
        sortOptions = false)
final class ChatCommand implements Callable<Integer> {
    /** As shells count: 128 and the number of the signal. */
    private static final int INTERRUPTED = 130;

    private final PrintStream out;

    @Parameters(paramLabel = "MODEL", description = "its name; holt models lists the names")
    String model = "";

    @Option(
            names = "--url",
            paramLabel = "URL",
            converter = Values.Url.class,
            description = "the running Holt. Default: ${DEFAULT-VALUE}")
    URI url = Values.LOCAL_HOLT;

    @Option(
            names = "--system",
            paramLabel = "TEXT",
            description = "instructions before the conversation")
    @Nullable String system;

    @Option(
            names = "--temperature",
            paramLabel = "NUMBER",
            description = "0 for the likeliest answer. Default: the model's")
    @Nullable Double temperature;

    @Option(
            names = "--max-tokens",
            paramLabel = "NUMBER",
            description =
                    "longest answer. Default: as much as the context has room for, 4096 at most")
    @Nullable Integer maxTokens;

    ChatCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws Exception {
        var chat =
                new Chat(
                        new HoltClient(url, Values.keyOf(System.getenv())),
                        model,
                        new ChatOptions(system, temperature, maxTokens),
                        out);
        Signal.handle(
                new Signal("INT"),
                _ -> {
                    if (!chat.interrupt()) {
                        Runtime.getRuntime().halt(INTERRUPTED);
                    }
                });
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        if (Terminal.isInteractive()) {
            chat.talk(in);
        } else {
            chat.answer(in);
        }
        return 0;
    }
}
