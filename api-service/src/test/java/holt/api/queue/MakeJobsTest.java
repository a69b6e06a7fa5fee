package holt.api.queue;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.keys.Caller;
import holt.protocol.Job;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ReplyAddress;
import holt.protocol.TraceContext;
import holt.store.ClaimCheck;
import holt.store.InMemoryObjectStore;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MakeJobsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T12:00:00Z");

    @Test
    @DisplayName("R165: each run of a job has the trace of its request and the name that was asked for")
    void aJobHasItsTraceAndTheNameThatWasAskedFor() {
        var trace =
                new TraceContext("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", null);
        var claims = new ClaimCheck(new InMemoryObjectStore(), () -> NOW);
        var make = new MakeJobs(new ReplyAddress(0, "e"), () -> NOW, claims);

        Job job =
                make.make(
                        new JobId("j"),
                        new NewJob(
                                TestQueue.MODEL,
                                Lane.NORMAL,
                                TestQueue.task("hi", false),
                                Duration.ofMinutes(2),
                                null,
                                Caller.ANYBODY,
                                false,
                                "gpt-4o",
                                trace));

        assertThat(job.trace()).isEqualTo(trace);
        assertThat(job.alias()).isEqualTo("gpt-4o");
        Job again = job.nextAttempt(new Job.EarlierRun(null, NOW, null));
        assertThat(again.trace()).isEqualTo(trace);
        assertThat(again.alias()).isEqualTo("gpt-4o");
    }
}
