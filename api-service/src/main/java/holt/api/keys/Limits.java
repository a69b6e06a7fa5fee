package holt.api.keys;

import com.fasterxml.jackson.annotation.JsonInclude;
import holt.protocol.Lane;
import holt.protocol.ModelName;
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
 * @param tokensPerMinute the work of these jobs, estimated when they come, and corrected when they end
 * @param queued its jobs that no worker has started
 * @param models own names of those that it may use
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Limits(
        double weight,
        Set<Lane> lanes,
        @Nullable Integer concurrency,
        @Nullable Integer requestsPerMinute,
        @Nullable Integer tokensPerMinute,
        @Nullable Integer queued,
        @Nullable Set<String> models) {
    /** Of callers without a key. */
    public static final Limits NONE = new Limits(1, EnumSet.allOf(Lane.class), null, null);

    /** Of a new key: everything but the highest lane. */
    static final Limits USUAL = new Limits(1, EnumSet.of(Lane.NORMAL, Lane.BATCH), null, null);

    public Limits {
        lanes = Collections.unmodifiableSet(new TreeSet<>(lanes));
        models = models == null ? null : Collections.unmodifiableSet(new TreeSet<>(models));
    }

    /** All models, any number of tokens and of waiting jobs. */
    public Limits(
            double weight,
            Set<Lane> lanes,
            @Nullable Integer concurrency,
            @Nullable Integer requestsPerMinute) {
        this(weight, lanes, concurrency, requestsPerMinute, null, null, null);
    }

    public boolean allows(Lane lane) {
        return lanes.contains(lane);
    }

    public boolean allows(ModelName model) {
        return models == null || models.contains(model.value());
    }
}
