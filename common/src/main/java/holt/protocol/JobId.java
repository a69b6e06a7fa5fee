package holt.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Identifies one job from its HTTP request to its outcome. It is also the correlation id of the job's replies. */
public record JobId(@JsonValue String value) {
    @JsonCreator
    public JobId {
        Identifier.check("job id", value);
    }

    public static JobId random() {
        return new JobId(RandomIds.draw());
    }
}
