package holt.system.rig;

import java.net.ConnectException;
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
     * @param status 0 when the connection broke, -1 when it could not be made
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

        /** Nobody has taken the request. */
        public boolean refusedConnection() {
            return status < 0;
        }

        static Told broken(Throwable why, Duration after) {
            boolean refused =
                    why instanceof ConnectException || why.getCause() instanceof ConnectException;
            return new Told(refused ? -1 : 0, 0, "", null, false, after);
        }
    }

    void add(Script script, CompletableFuture<Told> told) {
        calls.add(new Call(script, told));
    }

    List<Call> calls() {
        return calls;
    }
}
