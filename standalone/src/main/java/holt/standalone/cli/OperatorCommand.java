package holt.standalone.cli;

import holt.standalone.client.AdminClient;
import java.io.PrintStream;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import tools.jackson.databind.JsonNode;

/** A command for operators of a running Holt. Without a subcommand it shows a list. */
abstract class OperatorCommand implements Runnable {
    final PrintStream out;

    @Option(
            names = "--url",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            converter = Values.Url.class,
            description = "the running Holt. Default: ${DEFAULT-VALUE}")
    URI url = Values.LOCAL_HOLT;

    OperatorCommand(PrintStream out) {
        this.out = out;
    }

    final AdminClient holt() {
        return new AdminClient(url, Values.adminKeyOf(System.getenv()));
    }

    /** Prints one row for each element of the answer's list. */
    final void print(List<String> head, JsonNode answer, Function<JsonNode, List<String>> row) {
        List<List<String>> rows = new ArrayList<>();
        answer.path("data").forEach(each -> rows.add(row.apply(each)));
        new PrintTable(out).print(head, rows);
    }

    /** Names the option's value in a request, if it was given. */
    static void put(Map<String, Object> request, String name, @Nullable Object value) {
        if (value != null) {
            request.put(name, value);
        }
    }

    static String text(JsonNode object, String field) {
        return object.path(field).asString("");
    }

    static String number(JsonNode object, String field) {
        return Long.toString(object.path(field).asLong());
    }

    /** A time in seconds since 1970; empty if there is none. */
    static String time(JsonNode object, String field) {
        return object.has(field)
                ? Instant.ofEpochSecond(object.path(field).asLong()).toString()
                : "";
    }
}
