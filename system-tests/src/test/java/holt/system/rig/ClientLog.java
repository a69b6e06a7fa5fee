package holt.system.rig;

import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** What clients asked, and what they were told; of the texts, only whether they were the right ones, or hours of them would fill the memory. */
public final class ClientLog {
    private final Queue<CompletableFuture<Heard>> calls = new ConcurrentLinkedQueue<>();

    /**
     * A client that knows how its request ended.
     *
     * @param told without its text
     * @param own whether the text was the script's, all of it, or the beginning of it where the request failed
     */
    record Heard(String nonce, Told told, boolean own) {}

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

        private Told withoutText() {
            return new Told(status, code, "", job, whole, after);
        }
    }

    void add(Script script, CompletableFuture<Told> told) {
        calls.add(told.thenApply(it -> heard(script, it)));
    }

    List<CompletableFuture<Heard>> calls() {
        return List.copyOf(calls);
    }

    private static Heard heard(Script script, Told told) {
        boolean own =
                told.wentWell()
                        ? told.text().equals(script.text())
                        : script.text().startsWith(told.text());
        return new Heard(script.nonce(), told.withoutText(), own);
    }
}
