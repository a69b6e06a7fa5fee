package holt.system.soak;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What can break in a soak. */
enum Fault {
    KILL_WORKER,
    DRAIN_WORKER,
    FREEZE_WORKER,

    /** A broker that is alone. */
    CRASH_BROKER,

    /** One of three brokers. */
    LOSE_BROKER,

    /** Planned, on three brokers. */
    MOVE_LEADERS,

    STORE_AWAY,
    KILL_API;

    /** These alone break no stream. */
    static final Set<Fault> HARMLESS_TO_STREAMS = EnumSet.of(MOVE_LEADERS, STORE_AWAY);

    static final List<Fault> ON_ONE_BROKER =
            List.copyOf(EnumSet.complementOf(EnumSet.of(LOSE_BROKER, MOVE_LEADERS)));

    static final List<Fault> ON_THREE_BROKERS =
            List.copyOf(EnumSet.complementOf(EnumSet.of(CRASH_BROKER)));
}
