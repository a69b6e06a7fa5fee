package holt.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Identifies one claim of a job by a worker. It fences the job's present run from earlier ones. */
public record ClaimId(@JsonValue String value) {
    @JsonCreator
    public ClaimId {
        Identifier.check("claim id", value);
    }

    public static ClaimId random() {
        return new ClaimId(RandomIds.draw());
    }
}
