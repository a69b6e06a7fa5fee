package holt.api.keys;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Wrong keys by the address that sent them. After ten in a row, each further one closes the address for twice as long, up to a minute. A valid
 * key that Holt has made passes nevertheless: nobody can guess one, and its sender may share the address.
 */
final class Guesses {
    private static final int FREE = 10;
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int ADDRESSES = 10_000;

    /** So long after its last wrong key, an address starts anew. */
    private static final Duration FORGET = Duration.ofMinutes(10);

    private final Map<String, Wrong> wrong = new LinkedHashMap<>();

    private record Wrong(int count, long lastNanos) {
        Duration closedFor() {
            return count < FREE
                    ? Duration.ZERO
                    : Duration.ofSeconds(
                            Math.min(LONGEST.toSeconds(), 1L << Math.min(count - FREE, 30)));
        }
    }

    /** The address sent a wrong key. */
    synchronized void failed(String address, long nanos) {
        Wrong before = wrong.remove(address);
        int count =
                before == null || nanos - before.lastNanos > FORGET.toNanos() ? 0 : before.count;
        wrong.put(address, new Wrong(count + 1, nanos));
        if (wrong.size() > ADDRESSES) {
            wrong.remove(wrong.keySet().iterator().next());
        }
    }

    /** For how long the address is still closed; empty if it is open. */
    synchronized Optional<Duration> closed(String address, long nanos) {
        return Optional.ofNullable(wrong.get(address))
                .map(it -> it.closedFor().minusNanos(nanos - it.lastNanos))
                .filter(Duration::isPositive);
    }
}
