package holt.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Identifies one run of a worker process. */
public record WorkerId(@JsonValue String value) {
    @JsonCreator
    public WorkerId {
        Identifier.check("worker id", value);
    }

    public static WorkerId random() {
        return new WorkerId(RandomIds.draw());
    }
}
