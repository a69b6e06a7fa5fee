package holt.worker.remote;

import holt.protocol.Failure;
import holt.protocol.Outcome;
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

/** One request to an engine: waits for its answer, has it read, and closes the connection once nobody waits any more. */
public final class RunRequest {
    private static final int MOST_ERROR_BYTES = 64 << 10;

    /** Reads the body of an answer. */
    @FunctionalInterface
    public interface ReadAnswer {
        /**
         * Returns once the result is complete, or the body has ended.
         *
         * @throws RuntimeException if the body is malformed
         */
        void read(InputStream in) throws IOException;
    }

    private final CompletableFuture<HttpResponse<InputStream>> sent;
    private final CompletableFuture<RunResult> result;
    private final String input;
    private volatile @Nullable InputStream body;
    private volatile long lastSign = System.nanoTime();

    /**
     * @param result completed by the reader, or here with a failure
     * @param input the field that is at fault if the model's context is too short
     */
    public RunRequest(
            CompletableFuture<HttpResponse<InputStream>> sent,
            CompletableFuture<RunResult> result,
            String input) {
        this.sent = sent;
        this.result = result;
        this.input = input;
    }

    /**
     * Returns once there is a result.
     *
     * @param silence time without a {@link #sign} after which the run has failed
     */
    public void run(Duration silence, ScheduledExecutorService timer, ReadAnswer read) {
        long nanos = silence.toNanos();
        Future<?> watch =
                timer.scheduleWithFixedDelay(
                        () -> endIfSilent(nanos), nanos, nanos / 4 + 1, TimeUnit.NANOSECONDS);
        try {
            HttpResponse<InputStream> response = response();
            InputStream in = response.body();
            body = in;
            if (result.isDone()) {
                return;
            }
            if (response.statusCode() == 200) {
                read.read(in);
            } else {
                result.complete(
                        ReadRefusal.of(
                                response.statusCode(), in.readNBytes(MOST_ERROR_BYTES), input));
            }
        } catch (ConnectException | HttpConnectTimeoutException e) {
            result.complete(RunResult.turnedAway(ReadRefusal.NO_ROOM));
        } catch (AnswerTooLongException e) {
            result.complete(
                    new RunResult(
                            new Outcome.Failed(
                                    Failure.SERVER_ERROR,
                                    "the model's engine wrote more than an answer may hold")));
        } catch (IOException | CancellationException e) {
            result.complete(ReadRefusal.failed("the connection to the engine was lost"));
        } catch (RuntimeException e) {
            // The message may hold the engine's bytes.
            result.complete(
                    ReadRefusal.failed(
                            "the engine's answer is malformed: " + e.getClass().getName()));
        } finally {
            watch.cancel(false);
            close();
        }
    }

    /** Notes that the engine works on the request. */
    public void sign() {
        lastSign = System.nanoTime();
    }

    /** Closes the connection. */
    public void close() {
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

    private void endIfSilent(long nanos) {
        if (System.nanoTime() - lastSign >= nanos) {
            result.complete(ReadRefusal.failed("the engine was silent for too long"));
            close();
        }
    }
}
