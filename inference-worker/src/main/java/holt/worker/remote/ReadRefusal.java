package holt.worker.remote;

import holt.protocol.Failure;
import holt.protocol.Outcome;
import holt.worker.models.RunResult;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an engine's error means: no room, the client's fault, or a failed run. The engine's words reach the client only if the client is at
 * fault, and no log has them, since they may hold a prompt.
 */
public final class ReadRefusal {
    public static final Outcome.Failed NO_ROOM =
            new Outcome.Failed(Failure.OVERLOADED, "the model's engine had no room for too long");

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_WORDS = 500;

    /** The engine does not serve the model now, or has no room: 404, 429, 503. */
    private static final Set<Integer> TURNED_AWAY = Set.of(404, 429, 503);

    /** The operator's fault: a wrong key or route. */
    private static final Set<Integer> OPERATORS = Set.of(401, 403, 405, 407, 408);

    private static final Set<String> TOO_LONG =
            Set.of("context_length_exceeded", "exceed_context_size_error");

    /** Ollama says it in words alone. */
    private static final Pattern TOO_LONG_WORDS =
            Pattern.compile("(exceeds|longer than) the (available )?context (length|size)");

    private ReadRefusal() {}

    /**
     * The meaning of a status other than 200.
     *
     * @param input the field that is at fault if the model's context is too short
     */
    public static RunResult of(int status, byte[] body, String input) {
        try {
            return of(status, JSON.readTree(body), input);
        } catch (JacksonException e) {
            return of(status, JSON.missingNode(), input);
        }
    }

    /** The meaning of an error in a stream. */
    public static RunResult inStream(JsonNode error) {
        JsonNode code = details(error).path("code");
        return of(code.canConvertToInt() ? code.asInt() : 500, error, "messages");
    }

    public static boolean isError(JsonNode json) {
        return !json.path("error").isMissingNode() && !json.path("error").isNull()
                || json.path("object").asString("").equals("error");
    }

    private static RunResult of(int status, JsonNode error, String input) {
        if (TURNED_AWAY.contains(status)) {
            return RunResult.turnedAway(NO_ROOM);
        }
        if (status < 400 || status >= 500 || OPERATORS.contains(status)) {
            return failed("the engine answered " + status);
        }
        JsonNode details = details(error);
        String param = details.path("param").asString("");
        boolean tooLong =
                Stream.of("code", "type")
                                .anyMatch(key -> TOO_LONG.contains(details.path(key).asString("")))
                        || TOO_LONG_WORDS.matcher(words(error, details)).find();
        return new RunResult(
                new Outcome.Failed(
                        tooLong ? Failure.CONTEXT_LENGTH_EXCEEDED : Failure.INVALID_VALUE,
                        "the model's engine refuses the request: " + words(error, details),
                        param.isEmpty() ? tooLong ? input : null : bounded(param)));
    }

    /** A run that may succeed elsewhere. */
    public static RunResult failed(String trace) {
        return RunResult.failed(
                new Outcome.Failed(Failure.WORKER_FAILED, "the model's engine failed"), trace);
    }

    private static JsonNode details(JsonNode error) {
        return error.path("error").isObject() ? error.path("error") : error;
    }

    private static String words(JsonNode error, JsonNode details) {
        return Stream.of(
                        details.path("message"),
                        error.path("error"),
                        error.path("detail"),
                        error.path("detail").path(0).path("msg"))
                .filter(JsonNode::isString)
                .map(JsonNode::asString)
                .findFirst()
                .map(ReadRefusal::bounded)
                .orElse("it gives no reason");
    }

    private static String bounded(String words) {
        String line = words.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= MOST_WORDS ? line : line.substring(0, MOST_WORDS) + "...";
    }
}
