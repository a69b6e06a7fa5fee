package holt.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a client asked for its job, so that any API instance can show the result in the same form. Workers only repeat it in {@link
 * JobEvent.Finished}.
 *
 * @param model the alias that the client used; null: the model's own name
 * @param serviceTier what the client asked for; null: nothing
 * @param form of the answer; null: what the outcome usually has
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Asked(@Nullable String model, @Nullable String serviceTier, @Nullable Form form) {
    /** The form of an answer. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    public sealed interface Form {
        /** @param echo whether each answer begins with its prompt */
        @JsonTypeName("completion")
        record Completion(boolean echo) implements Form {}

        /** @param request what the response repeats of its request. It stays out of logs */
        @JsonTypeName("response")
        record Response(Map<String, @Nullable Object> request) implements Form {
            @Override
            public String toString() {
                return "Response";
            }
        }

        /**
         * A form over 64 KiB.
         *
         * @param object the JSON of the form itself
         */
        @JsonTypeName("stored")
        record Stored(StoredObject object) implements Form {}
    }

    /**
     * Null if nothing is unusual.
     *
     * @param name what the client calls the model
     */
    public static @Nullable Asked of(
            ModelName model,
            @Nullable String name,
            @Nullable String serviceTier,
            @Nullable Form form) {
        String alias = name == null || name.equals(model.value()) ? null : name;
        return alias == null && serviceTier == null && form == null
                ? null
                : new Asked(alias, serviceTier, form);
    }

    /** The same without a form that lies in the object store. */
    Asked withoutStoredForm() {
        return form instanceof Form.Stored ? new Asked(model, serviceTier, null) : this;
    }

    /** The same in another form. */
    public Asked in(Form other) {
        return new Asked(model, serviceTier, other);
    }
}
