package holt.api.console;

import holt.api.http.Json;
import holt.api.models.Endpoint;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A command that repeats a job, with placeholders where its payload was. */
final class Curl {
    private Curl() {}

    /**
     * The command.
     *
     * @param kind of the model; null if it is not known
     * @param api the API's URL, without a slash at its end
     */
    static String of(KnownModel.@Nullable Kind kind, ModelName model, String api) {
        if (kind == null) {
            return "";
        }
        String rest =
                switch (kind) {
                    case CHAT -> "\"messages\":[{\"role\":\"user\",\"content\":\"PROMPT\"}]";
                    case IMAGE -> "\"prompt\":\"PROMPT\"";
                    case EMBEDDING -> "\"input\":\"TEXT\"";
                };
        String name =
                new String(Json.write(model.value()), StandardCharsets.UTF_8).replace("'", "'\\''");
        return "curl "
                + api
                + Endpoint.of(kind).getFirst().path()
                + " -H 'Content-Type: application/json' -H \"Authorization: Bearer $HOLT_KEY\" \\\n     -d '{\"model\":"
                + name
                + ","
                + rest
                + "}'";
    }
}
