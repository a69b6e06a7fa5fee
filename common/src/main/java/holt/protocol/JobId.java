package holt.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;

/** Identifies one job from its HTTP request to its outcome. It is also the correlation id of the job's replies. */
public record JobId(@JsonValue String value) {
    @JsonCreator
    public JobId {
        Identifier.check("job id", value);
    }

    /** A number that every run of the job draws its randomness from. It is exact in JavaScript, too. */
    public long seed() {
        return Long.parseUnsignedLong(
                Sha256.hex(value.getBytes(StandardCharsets.UTF_8)).substring(0, 13), 16);
    }

    public static JobId random() {
        return new JobId(RandomIds.draw());
    }
}
