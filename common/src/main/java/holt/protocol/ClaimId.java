package holt.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Drawn anew for every claim of a job by a worker; the fence between a job's present run and its earlier ones. */
public record ClaimId(@JsonValue String value) {
    @JsonCreator
    public ClaimId {
        Identifier.check("claim id", value);
    }

    public static ClaimId random() {
        return new ClaimId(RandomIds.draw());
    }
}
