package holt.worker.remote;

import holt.protocol.Failure;
import holt.protocol.Outcome;
import holt.protocol.Task;
import holt.worker.models.GrowAnswers;
import holt.worker.models.RunResult;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One chat on a remote engine: reads the answer to its request, and closes the connection once nobody waits any more. */
final class RunChat {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String DONE = "[DONE]";
    private static final int MOST_ERROR_BYTES = 64 << 10;

    private final CompletableFuture<HttpResponse<InputStream>> sent;
    private final GrowAnswers answers;
    private final MapChunks chunks;
    private volatile @Nullable InputStream body;
    private volatile long lastEvent = System.nanoTime();
    private boolean begun;

    RunChat(
            Task.Chat chat,
            GrowAnswers answers,
            CompletableFuture<HttpResponse<InputStream>> sent) {
        this.sent = sent;
        this.answers = answers;
        this.chunks = new MapChunks(chat, answers);
    }

    /**
     * Returns once the chat has its result.
     *
     * @param silence time without an event after which the run has failed
     */
    void run(Duration silence, ScheduledExecutorService timer) {
        long nanos = silence.toNanos();
        Future<?> watch =
                timer.scheduleWithFixedDelay(
                        () -> endIfSilent(nanos), nanos, nanos / 4 + 1, TimeUnit.NANOSECONDS);
        try {
            read();
        } catch (ConnectException | HttpConnectTimeoutException e) {
            end(RunResult.turnedAway(ReadRefusal.NO_ROOM));
        } catch (ReadSse.TooLongException e) {
            end(
                    new RunResult(
                            new Outcome.Failed(
                                    Failure.SERVER_ERROR,
                                    "the model's engine wrote more than an answer may hold")));
        } catch (IOException | CancellationException e) {
            end(ReadRefusal.failed("the connection to the engine was lost"));
        } catch (RuntimeException e) {
            // The message may hold the engine's bytes.
            end(ReadRefusal.failed("the engine's answer is malformed: " + e.getClass().getName()));
        } finally {
            watch.cancel(false);
            close();
        }
    }

    /** Closes the connection, which ends the work in the engine. */
    void close() {
        sent.cancel(true);
        InputStream open = body;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is closed either way.
            }
        }
    }

    private void read() throws IOException {
        HttpResponse<InputStream> response = response();
        InputStream in = response.body();
        body = in;
        if (answers.result().isDone()) {
            return;
        }
        if (response.statusCode() != 200) {
            end(ReadRefusal.of(response.statusCode(), in.readNBytes(MOST_ERROR_BYTES)));
            return;
        }
        var events = new ReadSse(in);
        boolean done = false;
        while (!done && !answers.result().isDone()) {
            String data = events.next();
            if (data == null && !chunks.isComplete()) {
                throw new IOException("the stream is cut");
            }
            done = data == null || data.equals(DONE);
            if (!done) {
                lastEvent = System.nanoTime();
                add(JSON.readTree(data));
            }
        }
        if (done) {
            chunks.complete();
        }
    }

    private HttpResponse<InputStream> response() throws IOException {
        try {
            return sent.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private void add(JsonNode chunk) {
        if (!ReadRefusal.isError(chunk)) {
            chunks.add(chunk);
            begun = true;
            return;
        }
        RunResult refusal = ReadRefusal.inStream(chunk);
        end(
                begun && refusal.turnedAway()
                        ? ReadRefusal.failed("the engine gave up in mid-stream")
                        : refusal);
    }

    private void endIfSilent(long nanos) {
        if (System.nanoTime() - lastEvent >= nanos) {
            end(ReadRefusal.failed("the engine was silent for too long"));
            close();
        }
    }

    private void end(RunResult result) {
        answers.result().complete(result);
    }
}
