package holt.system.rig.http;

import holt.system.rig.script.Script;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The requests of clients and their results. It keeps no texts, which would fill the memory in a long run, but whether each was right. */
public final class ClientLog {
    private final Queue<CompletableFuture<Call>> calls = new ConcurrentLinkedQueue<>();

    /**
     * A request that has ended.
     *
     * @param result without its text
     * @param right whether the text was the script's: all of it, or its beginning if the request failed
     * @param ended on this machine's clock
     */
    public record Call(String nonce, Result result, boolean right, Instant ended) {
        public Instant began() {
            return ended.minus(result.after());
        }

        /** The answer had begun, and did not come to its end. */
        public boolean isBrokenStream() {
            return result.status() == 200 && !result.succeeded();
        }
    }

    /**
     * The end of a request.
     *
     * @param status 0 if the connection broke, -1 if it was refused
     * @param code the code of the error, also if a stream ended with one; 0 for success
     * @param text the whole answer, also of a stream
     * @param job null if the answer names none
     * @param whole false if a stream ended without its last event
     */
    public record Result(
            int status,
            int code,
            String text,
            @Nullable String job,
            boolean whole,
            Duration after) {
        public boolean succeeded() {
            return status == 200 && code == 0 && whole;
        }

        /** No API instance took the request. */
        public boolean refusedConnection() {
            return status < 0;
        }

        static Result broken(Throwable why, Duration after) {
            boolean refused =
                    why instanceof ConnectException || why.getCause() instanceof ConnectException;
            return new Result(refused ? -1 : 0, 0, "", null, false, after);
        }

        /** Leaves the text out, which can be long. */
        @Override
        public String toString() {
            return "Result[status=%d, code=%d, job=%s, whole=%s, after=%s]"
                    .formatted(status, code, job, whole, after);
        }

        private Result withoutText() {
            return new Result(status, code, "", job, whole, after);
        }
    }

    void add(Script script, CompletableFuture<Result> result) {
        calls.add(result.thenApply(it -> call(script, it)));
    }

    public List<CompletableFuture<Call>> calls() {
        return List.copyOf(calls);
    }

    /** The requests that have their result. */
    public List<Call> ended() {
        return calls.stream()
                .filter(CompletableFuture::isDone)
                .map(CompletableFuture::join)
                .toList();
    }

    private static Call call(Script script, Result result) {
        String expected = Script.unmarked(script.text());
        String text = Script.unmarked(result.text());
        boolean right = result.succeeded() ? text.equals(expected) : expected.startsWith(text);
        return new Call(script.nonce(), result.withoutText(), right, Instant.now());
    }
}
