package holt.api.admin;

import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import org.jspecify.annotations.Nullable;

/** Checks an operator's reason for a change. */
final class Why {
    private static final int LONGEST = 200;

    private Why() {}

    /** @throws RequestRejectedException {@code INVALID_VALUE} if there is none, or it is no short line */
    static String needed(@Nullable String why) {
        if (why == null
                || why.isBlank()
                || why.length() > LONGEST
                || why.chars().anyMatch(Character::isISOControl)) {
            throw new RequestRejectedException(
                    Failure.INVALID_VALUE,
                    "why: must be a reason of 1 to " + LONGEST + " characters",
                    "why",
                    null);
        }
        return why.strip();
    }

    /** The same for a reason that may be left out. */
    static @Nullable String optional(@Nullable String why) {
        return why == null ? null : needed(why);
    }
}
