package holt.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Identifies one run of an API process. Its hash chooses the instance's reply partition. */
public record InstanceId(@JsonValue String value) {
    @JsonCreator
    public InstanceId {
        Identifier.check("instance id", value);
    }

    public static InstanceId random() {
        return new InstanceId(RandomIds.draw());
    }
}
