package holt.api.jobs;

import holt.api.keys.Caller;
import holt.protocol.Lane;
import org.jspecify.annotations.Nullable;

/** OpenAI's names of the lanes, in the field {@code service_tier}. */
public final class ServiceTier {
    private ServiceTier() {}

    /**
     * The lane that a tier asks for. If the caller may not use it, the usual one: as at OpenAI, the answer says which tier served the request.
     *
     * @param tier a valid one
     * @return null if the client leaves the choice
     */
    static @Nullable Lane lane(String tier, Caller caller) {
        return switch (tier) {
            case "priority" -> allowed(Lane.HIGH, caller);
            case "flex" -> allowed(Lane.BATCH, caller);
            case "default", "scale" -> Lane.NORMAL;
            default -> null;
        };
    }

    /** The tier of a lane, for answers. */
    public static String of(Lane lane) {
        return switch (lane) {
            case HIGH -> "priority";
            case NORMAL -> "default";
            case BATCH -> "flex";
        };
    }

    private static Lane allowed(Lane lane, Caller caller) {
        return caller.limits().allows(lane) ? lane : Lane.NORMAL;
    }
}
