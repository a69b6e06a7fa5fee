package holt.api.queue.dead;

import holt.protocol.DeadLetter;
import holt.protocol.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters. Every method may wait for the broker, and throws {@link holt.api.RequestRejectedException} {@code OVERLOADED} if it does
 * not answer.
 */
public interface DeadLetters {
    /** A request that has been replayed so often is refused, since it may be at fault itself. */
    int MOST_REPLAYS = 3;

    /**
     * What became of a replay.
     *
     * @param replayed letters that are jobs again
     * @param refused letters that pass, but hold no job or were replayed too often
     */
    record Replayed(int replayed, int refused) {}

    /** The open letters that pass, oldest first. */
    List<DeadHead> open(DeadFilter filter);

    /** One letter, open or not; null if there is none. */
    @Nullable DeadLetter read(long number);

    /** What a letter's job asks for; null if it is gone. May wait for the object store. */
    @Nullable Task request(DeadLetter letter);

    /**
     * Makes the oldest letters that pass jobs again.
     *
     * @param most letters to replay
     * @param force also those that were replayed too often
     */
    Replayed replay(DeadFilter filter, int most, boolean force);

    /** Closes the letters that pass. Returns their number. */
    int discard(DeadFilter filter);
}
