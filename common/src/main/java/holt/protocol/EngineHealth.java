package holt.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An engine outside its worker's process, as the worker sees it.
 *
 * @param kind of its API, such as {@code openai}
 * @param address its host and port, without path and key
 * @param trouble why none of its models is served now; null: they are
 * @param models that it lists now, by their names in Holt
 * @param slots jobs at once of each model; 0: no model is served
 */
public record EngineHealth(
        String kind,
        String address,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String trouble,
        List<ModelName> models,
        int slots) {
    public EngineHealth {
        models = List.copyOf(models);
    }
}
