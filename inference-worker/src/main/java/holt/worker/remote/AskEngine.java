package holt.worker.remote;

import holt.protocol.Ability;
import holt.protocol.KnownModel;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks an engine whether it is well, and what it serves. */
final class AskEngine {
    private static final JsonMapper JSON = new JsonMapper();

    private final CallEngine call;

    AskEngine(CallEngine call) {
        this.call = call;
    }

    /**
     * What the engine lists, by its own names.
     *
     * @throws IOException if it is down or loading
     */
    Map<String, JsonNode> models() throws IOException, InterruptedException {
        // llama.cpp's server lists its model while it loads it. Engines without this route answer
        // 404.
        if (call.get("/health").statusCode() >= 500) {
            throw new IOException("the engine is not ready");
        }
        HttpResponse<byte[]> response = call.get("/v1/models");
        if (response.statusCode() != 200) {
            throw new IOException("the engine answers " + response.statusCode() + " to /v1/models");
        }
        var models = new LinkedHashMap<String, JsonNode>();
        for (JsonNode model : json(response).path("data")) {
            models.put(model.path("id").asString(""), model);
        }
        return models;
    }

    /** What llama.cpp's server says of itself; an empty object from other engines. */
    JsonNode props() throws IOException, InterruptedException {
        HttpResponse<byte[]> response = call.get("/props");
        return response.statusCode() == 200 ? json(response) : JSON.createObjectNode();
    }

    /** How busy a vLLM is. Null from other engines, or if it does not answer in time. */
    @Nullable VllmLoad load() throws InterruptedException {
        try {
            HttpResponse<byte[]> response = call.get("/metrics");
            return response.statusCode() == 200
                    ? VllmLoad.of(new String(response.body(), StandardCharsets.UTF_8))
                    : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** The most tokens of prompt and answer, as vLLM, a Holt or llama.cpp's server say it. */
    static int contextLength(JsonNode model, JsonNode props) {
        for (JsonNode length :
                new JsonNode[] {
                    model.path("max_model_len"),
                    model.path("context_length"),
                    props.path("default_generation_settings").path("n_ctx")
                }) {
            if (length.isInt() && length.asInt() > 0) {
                return length.asInt();
            }
        }
        return KnownModel.UNKNOWN;
    }

    /** Of these abilities, those that a Holt says; null: the engine says none. */
    static @Nullable Set<Ability> abilities(JsonNode model, Set<Ability> known) {
        if (!model.has("abilities") && !model.has("kind")) {
            return null;
        }
        return known.stream()
                .filter(ability ->
                        model.path("abilities")
                                .valueStream()
                                .anyMatch(each -> each.asString("").equals(ability.label())))
                .collect(Collectors.toSet());
    }

    /** Whether the engine says that the model makes pictures, as a Holt and Xinference do. */
    static boolean makesImages(JsonNode model) {
        return Stream.of("kind", "model_type")
                .anyMatch(field -> model.path(field).asString("").equals("image"));
    }

    private static JsonNode json(HttpResponse<byte[]> response) throws IOException {
        try {
            return JSON.readTree(response.body());
        } catch (JacksonException e) {
            throw new IOException("the engine answers something else than JSON", e);
        }
    }
}
