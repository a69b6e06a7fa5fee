package holt.worker.remote.sdapi;

import holt.protocol.Reply;
import holt.worker.remote.CallEngine;
import holt.worker.remote.ReadJson;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Follows one request inside the engine by its id, and interrupts it. */
final class WatchTask {
    private static final Logger LOG = LoggerFactory.getLogger(WatchTask.class);
    private static final JsonMapper JSON = new JsonMapper();

    /** The engine tells progress as a share. */
    private static final int PARTS = 100;

    private static final int INTERRUPT_EVERY_MS = 100;

    private final String id;
    private final CallEngine call;
    private final Consumer<Reply> replies;
    private double share = -1;

    /** @param replies receives progress */
    WatchTask(String id, CallEngine call, Consumer<Reply> replies) {
        this.id = id;
        this.call = call;
        this.replies = replies;
    }

    String id() {
        return id;
    }

    /** Publishes progress. Returns whether there is any since the last call. */
    synchronized boolean look() {
        try {
            JsonNode state = state();
            double now = state.path("progress").asDouble(0);
            if (!state.path("active").asBoolean(false) || now <= share) {
                return false;
            }
            share = now;
            replies.accept(new Reply.Progress((int) (PARTS * Math.min(now, 1)), PARTS));
            return true;
        } catch (IOException e) {
            // Progress is only a courtesy. The request itself finds a lost engine.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Interrupts the request as soon as the engine runs it, until it has ended.
     *
     * @param ended when the request has its answer
     * @param within gives up after that time
     */
    void interrupt(Future<Void> ended, Duration within) {
        long until = System.nanoTime() + within.toNanos();
        try {
            while (!ended.isDone() && System.nanoTime() - until < 0) {
                if (state().path("active").asBoolean(false)) {
                    call.ask("/sdapi/v1/interrupt", "{}".getBytes(StandardCharsets.UTF_8));
                }
                pause(ended);
            }
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("reason", e.getMessage())
                    .log("a cancelled request could not be interrupted; the engine ends it itself");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause(Future<Void> ended) throws InterruptedException {
        try {
            ended.get(INTERRUPT_EVERY_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // The next look tells.
        }
    }

    private JsonNode state() throws IOException, InterruptedException {
        byte[] question = JSON.writeValueAsBytes(Map.of("id_task", id, "live_preview", false));
        HttpResponse<byte[]> response = call.ask("/internal/progress", question);
        if (response.statusCode() != 200) {
            throw new IOException(
                    "the engine answers " + response.statusCode() + " to /internal/progress");
        }
        return ReadJson.of(response.body());
    }
}
