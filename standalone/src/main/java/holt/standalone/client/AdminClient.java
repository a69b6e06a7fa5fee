package holt.standalone.client;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sees and steers a running Holt. Every method throws {@link HoltAnswerException} if Holt refuses, or does not answer. */
public final class AdminClient {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ADMIN = "admin/v1/";

    private final HoltClient holt;

    /** @param key of the operator; null if none is needed */
    public AdminClient(URI url, @Nullable String key) {
        this.holt = new HoltClient(url, key);
    }

    /**
     * Reads what a route shows.
     *
     * @param route behind {@code /admin/v1/}
     */
    public JsonNode get(String route, Map<String, ?> query) {
        return holt.get(ADMIN + route, query);
    }

    /** The engines outside of Holt. */
    public List<ServedEngine> engines() {
        List<ServedEngine> engines = new ArrayList<>();
        for (JsonNode row : get("engines", Map.of()).path("data")) {
            engines.add(
                    new ServedEngine(
                            row.path("kind").asString(""),
                            row.path("address").asString(""),
                            row.has("trouble") ? row.path("trouble").asString("") : null,
                            row.path("models")
                                    .valueStream()
                                    .map(each -> each.asString(""))
                                    .toList(),
                            row.path("slots").asInt()));
        }
        return engines;
    }

    /** What each key used of each model in each hour. */
    public List<ServedUsage> usage(Instant since) {
        List<ServedUsage> usage = new ArrayList<>();
        String start = Long.toString(since.getEpochSecond());
        for (JsonNode row : get("usage", Map.of("start_time", start)).path("data")) {
            usage.add(
                    new ServedUsage(
                            row.path("caller").asString(""),
                            row.path("key").asString(""),
                            row.path("model").asString(""),
                            row.path("jobs").asLong(),
                            row.path("failed").asLong(),
                            row.path("prompt_tokens").asLong(),
                            row.path("completion_tokens").asLong(),
                            row.path("images").asLong(),
                            row.path("run_seconds").asDouble()));
        }
        return usage;
    }

    /**
     * Changes something.
     *
     * @param route behind {@code /admin/v1/}
     * @param body by the names of its fields
     */
    public JsonNode post(String route, Map<String, Object> body) {
        return holt.call("POST", ADMIN + route, JSON.valueToTree(body));
    }
}
