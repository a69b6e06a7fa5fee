package holt.worker.remote.comfyui;

import holt.worker.models.RunResult;
import holt.worker.remote.ReadRefusal;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the engine's WebSocket: the progress of one prompt after the other, and how each ends. */
final class FollowPrompt implements WebSocket.Listener {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_CHARACTERS = 4 << 20;
    private static final long LOOK_EVERY_NS = Duration.ofSeconds(2).toNanos();

    private final BiConsumer<Integer, Integer> progress;
    private final StringBuilder message = new StringBuilder();
    private volatile long lastSign = System.nanoTime();

    /** The prompt that is followed, and its end: null if it succeeded. */
    private volatile Followed followed = new Followed("");

    private record Followed(String prompt, CompletableFuture<@Nullable RunResult> end) {
        private Followed(String prompt) {
            this(prompt, new CompletableFuture<>());
        }
    }

    /** @param progress receives the steps that are done, and all */
    FollowPrompt(BiConsumer<Integer, Integer> progress) {
        this.progress = progress;
    }

    /** Follows this prompt from now on. */
    void follow(String prompt) {
        followed = new Followed(prompt);
    }

    /** Whether the engine's history has the prompt. */
    @FunctionalInterface
    interface LookUp {
        boolean hasEnded() throws IOException, InterruptedException;
    }

    /**
     * Waits for the prompt's end. Null: it has not failed as far as messages tell.
     *
     * @param silence time without a message after which it has failed
     * @param history asked from time to time, since a message may come before its prompt is followed
     */
    @Nullable RunResult await(Duration silence, LookUp history)
            throws IOException, InterruptedException {
        lastSign = System.nanoTime();
        while (true) {
            long left = silence.toNanos() - (System.nanoTime() - lastSign);
            if (left <= 0) {
                return ReadRefusal.failed("the engine was silent for too long");
            }
            try {
                return followed.end.get(Math.min(left, LOOK_EVERY_NS), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (history.hasEnded()) {
                    return null;
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Ends the waiting. */
    void lose() {
        followed.end.complete(ReadRefusal.failed("the connection to the engine was lost"));
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        message.append(data);
        if (message.length() > MOST_CHARACTERS) {
            socket.abort();
            lose();
            return null;
        }
        if (last) {
            read(message.toString());
            message.setLength(0);
        }
        socket.request(1);
        return null;
    }

    /** Previews. */
    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        lastSign = System.nanoTime();
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        lose();
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        lose();
    }

    private void read(String text) {
        lastSign = System.nanoTime();
        try {
            JsonNode event = JSON.readTree(text);
            JsonNode data = event.path("data");
            if (data.path("prompt_id").asString("").equals(followed.prompt)) {
                read(event.path("type").asString(""), data);
            }
        } catch (JacksonException e) {
            followed.end.complete(ReadRefusal.failed("the engine's message is malformed"));
        }
    }

    private void read(String type, JsonNode data) {
        switch (type) {
            case "progress" ->
                    progress.accept(data.path("value").asInt(0), data.path("max").asInt(0));
            // Not "execution_success": the history has the pictures only a moment later.
            case "executing" -> {
                if (data.path("node").isNull()) {
                    followed.end.complete(null);
                }
            }
            case "execution_interrupted" ->
                    followed.end.complete(ReadRefusal.failed("the engine was interrupted"));
            case "execution_error" ->
                    // The message may hold the prompt. The kind of the exception does not.
                    followed.end.complete(
                            ReadRefusal.failed(
                                    "the workflow failed: "
                                            + kind(data.path("exception_type").asString(""))));
            default -> {
                // Other messages only show that the engine lives.
            }
        }
    }

    private static String kind(String exception) {
        return exception.matches("[\\w.]{1,100}") ? exception : "unknown";
    }
}
