package holt.api.keys;

import com.fasterxml.jackson.annotation.JsonInclude;
import holt.protocol.Lane;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may use. Null is no limit.
 *
 * @param weight the caller's share beside other callers, by work; 1 is usual
 * @param lanes that it may ask for
 * @param concurrency its jobs that wait or run at once
 * @param requestsPerMinute its new jobs in any minute
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Limits(
        double weight,
        Set<Lane> lanes,
        @Nullable Integer concurrency,
        @Nullable Integer requestsPerMinute) {
    /** Of callers without a key. */
    public static final Limits NONE = new Limits(1, EnumSet.allOf(Lane.class), null, null);

    /** Of a new key: everything but the highest lane. */
    static final Limits USUAL = new Limits(1, EnumSet.of(Lane.NORMAL, Lane.BATCH), null, null);

    public Limits {
        lanes = Collections.unmodifiableSet(new TreeSet<>(lanes));
    }

    public boolean allows(Lane lane) {
        return lanes.contains(lane);
    }
}
