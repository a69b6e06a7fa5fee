package holt.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names one run of an API process; its reply partition follows from it. */
public record InstanceId(@JsonValue String value) {
    @JsonCreator
    public InstanceId {
        Identifier.check("instance id", value);
    }

    public static InstanceId random() {
        return new InstanceId(RandomIds.draw());
    }
}
