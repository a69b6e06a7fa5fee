package holt.standalone;

import holt.standalone.hub.HubModel;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the command line: a command, then {@code --flag value} or {@code --flag=value}, and what the command is about. */
final class ParseCommand {
    static final int DEFAULT_PORT = 1088;

    /** The one after it is for health and metrics. */
    static final int LAST_PORT = 65_534;

    private static final Pattern KAFKA =
            Pattern.compile("[^\\s:,]+:\\d{1,5}(,[^\\s:,]+:\\d{1,5})*");
    private static final Pattern DEVICE = Pattern.compile("auto|cpu|cuda:\\d{1,3}");

    private static final String PULLED =
            "ORG/NAME or ORG/NAME/FILE.gguf, with @REVISION or without";

    private final Map<String, String> flags = new HashMap<>();
    private @Nullable String subject;

    private ParseCommand(String command, Deque<String> rest, Set<String> known) {
        boolean hasSubject = Set.of("pull", "chat").contains(command);
        while (!rest.isEmpty()) {
            String word = rest.remove();
            if (hasSubject && subject == null && !word.startsWith("--")) {
                subject = word;
                continue;
            }
            String[] parts = word.split("=", 2);
            if (!known.contains(parts[0])) {
                throw new UsageException(
                        "holt " + command + " does not know " + parts[0] + ". Try: holt help");
            }
            String value = parts.length == 2 ? parts[1] : rest.poll();
            if (value == null || value.isEmpty() || (parts.length == 1 && value.startsWith("--"))) {
                throw new UsageException(parts[0] + " needs a value. Try: holt help");
            }
            flags.put(parts[0], value);
        }
    }

    /**
     * @param home the folder below which data lie unless the command says otherwise
     * @throws UsageException if there is no such command, flag or value
     */
    static Command parse(List<String> words, Path home) {
        var rest = new ArrayDeque<>(words);
        String command = rest.isEmpty() ? "help" : rest.remove();
        return switch (command) {
            case "up" ->
                    new ParseCommand(
                                    command,
                                    rest,
                                    Set.of("--port", "--data", "--models", "--workers"))
                            .up(home);
            case "api" ->
                    new ParseCommand(
                                    command, rest, Set.of("--kafka", "--s3", "--port", "--address"))
                            .api();
            case "worker" ->
                    new ParseCommand(
                                    command,
                                    rest,
                                    Set.of("--kafka", "--s3", "--models", "--device"))
                            .worker();
            case "pull" -> new ParseCommand(command, rest, Set.of("--models", "--data")).pull(home);
            case "models" ->
                    new ParseCommand(command, rest, Set.of("--models", "--data", "--url"))
                            .models(home);
            case "chat" -> new ParseCommand(command, rest, Set.of("--url")).chat();
            case "help", "--help", "-h" -> new Command.Help();
            default ->
                    throw new UsageException(
                            "There is no command '" + command + "'. Try: holt help");
        };
    }

    private Command up(Path home) {
        return new Command.Up(
                number("--port", DEFAULT_PORT, LAST_PORT),
                data(home),
                directory("--models"),
                number("--workers", 1, 64));
    }

    private Command api() {
        return new Command.Api(
                kafka(),
                s3(),
                number("--port", DEFAULT_PORT, LAST_PORT),
                flags.getOrDefault("--address", "127.0.0.1"));
    }

    private Command worker() {
        return new Command.Worker(
                kafka(),
                s3(),
                directory("--models"),
                matching("--device", DEVICE, "auto", "auto, cpu or cuda:N"));
    }

    private Command pull(Path home) {
        String named = subject("pull", PULLED);
        HubModel model = HubModel.parse(named).orElseThrow(() -> wrong("holt pull", PULLED, named));
        // It may be the first thing to lie there.
        String models = flags.get("--models");
        return new Command.Pull(
                model, models == null ? ModelsDirectory.of(null, data(home)) : Path.of(models));
    }

    private Command models(Path home) {
        return new Command.Models(
                data(home), ModelsDirectory.of(directory("--models"), data(home)), holt());
    }

    private Command chat() {
        return new Command.Chat(subject("chat", "its name; holt models lists them"), holt());
    }

    private String subject(String command, String expected) {
        if (subject == null) {
            throw new UsageException("holt " + command + " needs a model: " + expected);
        }
        return subject;
    }

    private Path data(Path home) {
        return Path.of(flags.getOrDefault("--data", home.resolve("data").toString()));
    }

    private URI holt() {
        return url("--url", flags.getOrDefault("--url", "http://127.0.0.1:" + DEFAULT_PORT));
    }

    private String kafka() {
        return matching("--kafka", KAFKA, null, "HOST:PORT, several with commas");
    }

    private URI s3() {
        return url("--s3", required("--s3", "a URL such as http://127.0.0.1:9000"));
    }

    private static URI url(String flag, String value) {
        String expected = "a URL such as http://127.0.0.1:9000";
        try {
            URI url = URI.create(value);
            if (url.getHost() != null
                    && Set.of("http", "https").contains(String.valueOf(url.getScheme()))) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw wrong(flag, expected, value);
        }
        throw wrong(flag, expected, value);
    }

    private int number(String flag, int otherwise, int most) {
        String value = flags.get(flag);
        if (value == null) {
            return otherwise;
        }
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > most) {
            throw wrong(flag, "a number from 0 to " + most, value);
        }
        return Integer.parseInt(value);
    }

    private @Nullable Path directory(String flag) {
        String value = flags.get(flag);
        if (value == null) {
            return null;
        }
        Path directory = Path.of(value);
        if (!directory.toFile().isDirectory()) {
            throw wrong(flag, "a folder that is there", value);
        }
        return directory;
    }

    private String matching(
            String flag, Pattern form, @Nullable String otherwise, String expected) {
        String value =
                otherwise == null ? required(flag, expected) : flags.getOrDefault(flag, otherwise);
        if (!form.matcher(value).matches()) {
            throw wrong(flag, expected, value);
        }
        return value;
    }

    private String required(String flag, String expected) {
        String value = flags.get(flag);
        if (value == null) {
            throw new UsageException(flag + " is needed: " + expected + ". Try: holt help");
        }
        return value;
    }

    private static UsageException wrong(String flag, String expected, String value) {
        return new UsageException(flag + " needs " + expected + ", not " + value);
    }
}
