package holt.api.responses;

import holt.api.http.Json;
import holt.protocol.Asked;
import holt.protocol.Task;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * What a response repeats of its request.
 *
 * @param temperature the one that was used; the model's own if the client gave none
 * @param topP likewise
 * @param names of the chat's tools
 * @param tier that serves it
 */
record Repeated(
        ResponsesRequest request, double temperature, double topP, ToolNames names, String tier) {
    private static final TypeReference<Map<String, @Nullable Object>> FIELDS =
            new TypeReference<>() {};

    static Repeated of(ResponsesRequest request, Task.Sampling used, ToolNames names, String tier) {
        return new Repeated(request, used.temperature(), used.topP(), names, tier);
    }

    /** What the job of a response remembers. */
    static Repeated of(Asked.Form.Response form) {
        ResponsesRequest request = Json.MAPPER.convertValue(form.request(), ResponsesRequest.class);
        return new Repeated(
                request,
                Objects.requireNonNullElse(request.temperature(), 1.0),
                Objects.requireNonNullElse(request.topP(), 1.0),
                ReadTools.read(request.tools(), request.toolChoice()).names(),
                Objects.requireNonNullElse(request.serviceTier(), "default"));
    }

    /** For whoever shows the response later. */
    Asked.Form.Response form() {
        Map<String, @Nullable Object> fields = Json.MAPPER.convertValue(request, FIELDS);
        fields.remove("input"); // the task has it
        fields.put("temperature", temperature);
        fields.put("top_p", topP);
        fields.put("service_tier", tier);
        fields.values().removeIf(Objects::isNull);
        return new Asked.Form.Response(fields);
    }
}
