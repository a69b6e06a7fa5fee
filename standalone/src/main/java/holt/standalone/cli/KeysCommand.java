package holt.standalone.cli;

import holt.standalone.client.KeysClient;
import holt.standalone.client.ServedKey;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

@Command(
        name = "keys",
        description =
                "Makes and revokes the keys of callers. The environment variable HOLT_ADMIN_KEY holds the operator's own key.",
        sortOptions = false)
final class KeysCommand implements Runnable {
    private static final List<String> HEAD =
            List.of("ID", "NAME", "TEAM", "SCOPES", "LIMITS", "EXPIRES", "");

    private final Map<String, String> environment;
    private final PrintStream out;

    @Spec @Nullable CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            converter = Values.Url.class,
            description = "the running Holt. Default: ${DEFAULT-VALUE}")
    URI url = Values.LOCAL_HOLT;

    KeysCommand(Map<String, String> environment, PrintStream out) {
        this.environment = environment;
        this.out = out;
    }

    @Override
    public void run() {
        Objects.requireNonNull(spec).commandLine().usage(out);
    }

    @Command(name = "create", description = "Makes a key, and prints its secret once.")
    int create(
            @Parameters(paramLabel = "NAME", description = "for people, such as an application")
                    String name,
            @Option(
                            names = "--team",
                            paramLabel = "TEAM",
                            description = "keys of one team are one caller")
                    @Nullable String team,
            @Option(
                            names = "--scope",
                            paramLabel = "SCOPE",
                            split = ",",
                            description = "user (the default), operator, metrics, or several")
                    @Nullable List<String> scopes,
            @Option(
                            names = "--days",
                            paramLabel = "N",
                            converter = Values.Days.class,
                            description = "the key expires after N days. Default: never")
                    @Nullable Duration life) {
        printSecret(
                client().create(
                                name,
                                team,
                                scopes == null ? List.of() : scopes,
                                life == null ? null : life.toSeconds()));
        return 0;
    }

    @Command(name = "list", description = "Lists all keys, without their secrets.")
    int list() {
        List<List<String>> rows = new ArrayList<>();
        for (ServedKey key : client().list()) {
            rows.add(
                    List.of(
                            key.id(),
                            key.name(),
                            key.team(),
                            String.join(",", key.scopes()),
                            key.limits(),
                            key.expires() == null ? "never" : key.expires().toString(),
                            key.status()));
        }
        new PrintTable(out).print(HEAD, rows);
        return 0;
    }

    @Command(name = "limit", description = "Changes limits of a key. 0 removes a limit.")
    int limit(
            @Parameters(paramLabel = "ID", description = "holt keys list shows it") String id,
            @Option(
                            names = "--at-once",
                            paramLabel = "N",
                            description = "jobs that wait or run at once")
                    @Nullable Integer concurrency,
            @Option(names = "--per-minute", paramLabel = "N", description = "requests a minute")
                    @Nullable Integer requests,
            @Option(
                            names = "--tokens-per-minute",
                            paramLabel = "N",
                            description = "tokens of prompts and answers a minute")
                    @Nullable Integer tokens,
            @Option(
                            names = "--queued",
                            paramLabel = "N",
                            description = "jobs that no worker has started")
                    @Nullable Integer queued,
            @Option(
                            names = "--weight",
                            paramLabel = "W",
                            description = "share beside other callers; 1 is usual")
                    @Nullable Double weight,
            @Option(
                            names = "--lane",
                            paramLabel = "LANE",
                            split = ",",
                            description = "normal, and high or batch or both")
                    @Nullable List<String> lanes,
            @Option(
                            names = "--model",
                            paramLabel = "MODEL",
                            split = ",",
                            description = "the only models that the key may use")
                    @Nullable List<String> models,
            @Option(names = "--all-models", description = "the key may use all models")
                    boolean allModels) {
        var limits = new HashMap<String, Object>();
        put(limits, "concurrency", concurrency);
        put(limits, "requests_per_minute", requests);
        put(limits, "tokens_per_minute", tokens);
        put(limits, "queued", queued);
        put(limits, "weight", weight);
        put(limits, "lanes", lanes);
        put(limits, "models", allModels ? List.of() : models);
        ServedKey key = client().limit(id, limits);
        out.println(key.id() + " (" + key.name() + "): " + key.limits());
        return 0;
    }

    private static void put(Map<String, Object> limits, String name, @Nullable Object value) {
        if (value != null) {
            limits.put(name, value);
        }
    }

    @Command(name = "rotate", description = "Gives a key a new secret. The old one ends at once.")
    int rotate(@Parameters(paramLabel = "ID", description = "holt keys list shows it") String id) {
        printSecret(client().rotate(id));
        return 0;
    }

    @Command(name = "revoke", description = "Ends a key.")
    int revoke(@Parameters(paramLabel = "ID", description = "holt keys list shows it") String id) {
        ServedKey key = client().revoke(id);
        out.println("Revoked: " + key.id() + " (" + key.name() + ")");
        return 0;
    }

    private void printSecret(ServedKey key) {
        out.println(key.secret());
        out.println("Holt does not show this key again. Its id is " + key.id() + ".");
    }

    private KeysClient client() {
        return new KeysClient(url, Values.adminKeyOf(environment));
    }
}
