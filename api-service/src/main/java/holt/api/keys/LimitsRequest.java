package holt.api.keys;

import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Limits in a request. An absent one stays as it is, and 0 removes it.
 *
 * @param weight above 0
 * @param lanes names
 * @param models names; none removes the limit
 */
record LimitsRequest(
        @Nullable Double weight,
        @Nullable List<String> lanes,
        @Nullable Integer concurrency,
        @Nullable Integer requestsPerMinute,
        @Nullable Integer tokensPerMinute,
        @Nullable Integer queued,
        @Nullable List<String> models) {
    private static final double MOST_WEIGHT = 1000;

    /** @throws RequestRejectedException {@code INVALID_VALUE} with the field's name */
    Limits changed(Limits before) {
        return new Limits(
                weight == null ? before.weight() : checkedWeight(weight),
                lanes == null ? before.lanes() : checked(lanes),
                count("concurrency", concurrency, before.concurrency()),
                count("requests_per_minute", requestsPerMinute, before.requestsPerMinute()),
                count("tokens_per_minute", tokensPerMinute, before.tokensPerMinute()),
                count("queued", queued, before.queued()),
                models == null ? before.models() : checkedModels(models));
    }

    private static double checkedWeight(double weight) {
        if (weight <= 0 || weight > MOST_WEIGHT) {
            throw invalid("weight", "above 0, at most " + (int) MOST_WEIGHT);
        }
        return weight;
    }

    private static Set<Lane> checked(List<String> lanes) {
        var wanted = EnumSet.noneOf(Lane.class);
        for (String name : lanes) {
            wanted.add(
                    Arrays.stream(Lane.values())
                            .filter(lane -> lane.label().equals(name))
                            .findFirst()
                            .orElseThrow(
                                    () -> invalid("lanes", "a list of high, normal and batch")));
        }
        if (!wanted.contains(Lane.NORMAL)) {
            throw invalid("lanes", "a list with normal, where jobs without a wish go");
        }
        return wanted;
    }

    /** A model may be unknown now, and come with a later worker. */
    private static @Nullable Set<String> checkedModels(List<String> models) {
        var wanted = new TreeSet<String>();
        for (String name : models) {
            try {
                wanted.add(new ModelName(name).value());
            } catch (IllegalArgumentException | NullPointerException e) {
                throw invalid("models", "a list of models' names");
            }
        }
        return wanted.isEmpty() ? null : wanted;
    }

    private static @Nullable Integer count(
            String field, @Nullable Integer value, @Nullable Integer before) {
        if (value == null) {
            return before;
        }
        if (value < 0) {
            throw invalid(field, "0 (no limit) or more");
        }
        return value == 0 ? null : value;
    }

    private static RequestRejectedException invalid(String field, String expected) {
        return new RequestRejectedException(
                Failure.INVALID_VALUE, field + ": must be " + expected, field, null);
    }
}
