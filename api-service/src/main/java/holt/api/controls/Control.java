package holt.api.controls;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import holt.protocol.ModelName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An operator's order to all API instances, as {@code holt.controls} holds it. The newest one with a key counts. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Control {
    String key();

    /**
     * Jobs of the model wait from now on.
     *
     * @param by the id of the operator's key
     * @param since the broker's time
     */
    @JsonTypeName("pause")
    record Pause(ModelName model, String why, String by, Instant since) implements Control {
        @Override
        public String key() {
            return keyOf(model);
        }
    }

    /** Jobs of the model go on. */
    @JsonTypeName("resume")
    record Resume(ModelName model) implements Control {
        @Override
        public String key() {
            return keyOf(model);
        }
    }

    /**
     * Each instance drops the jobs that wait inside it and match. A null field matches all jobs.
     *
     * @param from the earliest creation
     * @param until the first moment after the latest creation. An instance that reads the order after a restart has no such jobs
     */
    @JsonTypeName("cancel_waiting")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CancelWaiting(
            @Nullable ModelName model,
            @Nullable String caller,
            @Nullable Instant from,
            Instant until)
            implements Control {
        @Override
        public String key() {
            return "cancel";
        }
    }

    private static String keyOf(ModelName model) {
        return "model/" + model.value();
    }
}
