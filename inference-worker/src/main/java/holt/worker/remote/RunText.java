package holt.worker.remote;

import holt.worker.models.GrowAnswers;
import holt.worker.models.RunResult;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One chat or completion on a remote engine: reads the events of its stream. */
final class RunText {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String DONE = "[DONE]";

    private final RunRequest request;
    private final GrowAnswers answers;
    private final MapChunks chunks;
    private boolean begun;

    RunText(GrowAnswers answers, MapChunks chunks, RunRequest request) {
        this.request = request;
        this.answers = answers;
        this.chunks = chunks;
    }

    /**
     * Returns once the text has its result.
     *
     * @param silence time without an event after which the run has failed
     */
    void run(Duration silence, ScheduledExecutorService timer) {
        request.run(silence, timer, this::read);
    }

    /** Closes the connection, which ends the work in the engine. */
    void close() {
        request.close();
    }

    /** Ends the text with what there is. Without a token it goes on. */
    void cutShort() {
        if (chunks.cutShort()) {
            request.close();
        }
    }

    private void read(InputStream in) throws IOException {
        var events = new ReadSse(in);
        boolean done = false;
        while (!done && !answers.result().isDone()) {
            @Nullable String data = events.next();
            if (data == null && !chunks.isComplete()) {
                throw new IOException("the stream is cut");
            }
            done = data == null || data.equals(DONE);
            if (!done) {
                request.sign();
                add(JSON.readTree(data));
            }
        }
        if (done) {
            chunks.complete();
        }
    }

    private void add(JsonNode chunk) {
        if (!ReadRefusal.isError(chunk)) {
            chunks.add(chunk);
            begun = true;
            return;
        }
        RunResult refusal = ReadRefusal.inStream(chunk);
        answers.result()
                .complete(
                        begun && refusal.turnedAway()
                                ? ReadRefusal.failed("the engine gave up in mid-stream")
                                : refusal);
    }
}
