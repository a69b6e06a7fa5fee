package holt.worker.remote;

/**
 * How many requests a vLLM gets at once, so that its own queue stays empty. It says neither its limit nor how long requests are, so the number is
 * found by trying. While all slots are busy and nothing waits inside the engine, they become more. Once requests wait there, they become as many as
 * run.
 */
final class VllmSlots {
    static final int MOST = 256;
    private static final int AT_FIRST = 8;

    /** Full slots without a queue, after which one more is tried. */
    private static final int CALM = 30;

    private int slots;
    private boolean queued;
    private boolean found;
    private int calm;

    /** Looks until slots are taken again. What is inside the engine must leave first. */
    private int patience;

    /** @param contextLength the most tokens of a request */
    VllmSlots(VllmLoad load, int contextLength) {
        slots =
                load.cacheTokens() == 0
                        ? AT_FIRST
                        : Math.clamp(load.cacheTokens() / contextLength, 1, AT_FIRST);
    }

    int now() {
        return slots;
    }

    /** Looks at the engine again. A request may wait for one step of the engine, so only the second look in a row counts as a queue. */
    int next(VllmLoad load) {
        boolean queues = load.waiting() > 0;
        boolean settled = load.running() + load.waiting() <= slots;
        patience = settled ? 0 : Math.max(0, patience - 1);
        if (queues && queued && patience == 0) {
            slots = Math.max(1, Math.min(slots - 1, load.running()));
            found = true;
            calm = 0;
            patience = CALM;
        } else if (!queues && load.running() >= slots) {
            calm++;
            if (!found) {
                slots = Math.min(MOST, slots + Math.max(1, slots / 4));
            } else if (calm >= CALM) {
                slots = Math.min(MOST, slots + 1);
                calm = 0;
            }
        }
        queued = queues;
        return slots;
    }
}
