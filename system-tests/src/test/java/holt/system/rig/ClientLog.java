package holt.system.rig;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What clients asked, and what they were told. */
public final class ClientLog {
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    /** @param told done when the client knows how its request ended */
    record Call(Script script, CompletableFuture<Told> told) {}

    /**
     * The end of a request.
     *
     * @param status 0 when the connection broke, or could not be made
     * @param code of the error, also where a stream ended with one; 0 for success
     * @param text the whole answer, also of a stream
     * @param job null where the answer names none
     * @param whole false when a stream ended without its last event
     */
    public record Told(
            int status,
            int code,
            String text,
            @Nullable String job,
            boolean whole,
            Duration after) {
        public boolean wentWell() {
            return status == 200 && code == 0 && whole;
        }

        public boolean connectionBroke() {
            return status == 0;
        }
    }

    void add(Script script, CompletableFuture<Told> told) {
        calls.add(new Call(script, told));
    }

    List<Call> calls() {
        return calls;
    }
}
