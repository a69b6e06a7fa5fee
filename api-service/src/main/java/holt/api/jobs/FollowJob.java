package holt.api.jobs;

import holt.api.ApiSettings;
import holt.api.RequestRejectedException;
import holt.api.http.EventStream;
import holt.api.keys.Caller;
import holt.api.queue.index.JobState;
import holt.protocol.JobId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Streams what happens to a job until it ends. It looks at what this instance has folded from the log, so any instance can go on where
 * another one stopped: the id of an event says which state the client has seen.
 */
@Component
final class FollowJob {
    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    /** It tells a browser to stop asking. */
    private static final int NO_CONTENT = 204;

    private final ShowJob show;
    private final Duration pingEvery;

    FollowJob(ShowJob show, ApiSettings settings) {
        this.show = show;
        this.pingEvery = settings.connections().pingEvery();
    }

    /** The job once it has ended, or as it is after that time. */
    JobState await(JobId id, Caller caller, Duration atMost) {
        long start = System.nanoTime();
        JobState job = show.find(id, caller);
        while (!job.status().isEnd() && System.nanoTime() - start < atMost.toNanos()) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            job = show.find(id, caller);
        }
        return job;
    }

    /** Returns when the job has ended, the client has gone, or this service is about to stop. */
    void write(
            JobId id,
            Caller caller,
            String base,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        JobState now = show.find(id, caller);
        String seen = request.getHeader(LAST_EVENT_ID);
        if (now.status().isEnd() && mark(now).equals(seen)) {
            response.setStatus(NO_CONTENT);
            response.flushBuffer();
            return;
        }
        EventStream events = EventStream.open(request, response);
        try {
            follow(now, seen, caller, base, events);
        } catch (RequestRejectedException rejected) {
            // The client may come back and go on.
            events.fail(ShowJob.error(rejected));
        }
    }

    private void follow(
            JobState first, @Nullable String seen, Caller caller, String base, EventStream events)
            throws IOException {
        JobState now = first;
        JobState sent = null;
        long wrote = System.nanoTime();
        while (!events.isStopping()) {
            String change = change(sent, seen, now);
            if (change != null) {
                events.send(change, mark(now), show.body(now, base));
                sent = now;
                wrote = System.nanoTime();
            } else if (System.nanoTime() - wrote >= pingEvery.toNanos()) {
                events.ping();
                wrote = System.nanoTime();
            }
            if (now.status().isEnd()) {
                return;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            now = show.find(now.id(), caller);
        }
    }

    /** The name of the event that tells the client what is new; null if nothing is. */
    private static @Nullable String change(
            @Nullable JobState sent, @Nullable String seen, JobState now) {
        boolean other = !mark(now).equals(sent == null ? seen : mark(sent));
        return switch (now.status()) {
            case QUEUED ->
                    other || sent == null || !Objects.equals(sent.position(), now.position())
                            ? "position"
                            : null;
            case RUNNING -> {
                if (other) {
                    yield "started";
                }
                yield sent == null || !Objects.equals(sent.progress(), now.progress())
                        ? "progress"
                        : null;
            }
            case WAITING_RETRY -> other || sent == null ? "retrying" : null;
            case COMPLETED, FAILED, CANCELLED, EXPIRED -> "end";
        };
    }

    /** A state of the job, the same on every instance. */
    private static String mark(JobState job) {
        return job.attempts().size() + "-" + job.status().label();
    }
}
