package holt.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names one job from the HTTP request to its outcome; also the correlation id of its replies. */
public record JobId(@JsonValue String value) {
    @JsonCreator
    public JobId {
        Identifier.check("job id", value);
    }

    public static JobId random() {
        return new JobId(RandomIds.draw());
    }
}
