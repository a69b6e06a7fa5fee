package holt.api.queue;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.keys.Caller;
import holt.protocol.Asked;
import holt.protocol.Codec;
import holt.protocol.Job;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ReplyAddress;
import holt.protocol.TraceContext;
import holt.store.ClaimCheck;
import holt.store.InMemoryObjectStore;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MakeJobsTest {
    private final ClaimCheck claims =
            new ClaimCheck(new InMemoryObjectStore(), () -> TestQueue.START);
    private final MakeJobs make =
            new MakeJobs(new ReplyAddress(0, "e"), () -> TestQueue.START, claims);

    @Test
    @DisplayName("R137: the form of an answer lies in the object store if it is over 64 KiB")
    void aLargeFormLiesInTheStore() throws Exception {
        var small = new Asked.Form.Response(Map.of("user", "ann"));
        var large = new Asked.Form.Response(Map.of("instructions", "x".repeat(70_000)));

        assertThat(asked(small)).isEqualTo(new Asked("alias", "flex", small));
        Asked asked = asked(large);
        assertThat(asked.model()).isEqualTo("alias");
        assertThat(asked.serviceTier()).isEqualTo("flex");
        var stored = (Asked.Form.Stored) asked.form();
        assertThat(Codec.decode(claims.get(stored.object()), Asked.Form.class)).isEqualTo(large);
        assertThat(asked(null)).isEqualTo(new Asked("alias", "flex", null));
    }

    @Test
    @DisplayName("R165: each run of a job has the trace of its request")
    void aJobHasItsTrace() {
        var trace =
                new TraceContext("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", null);
        var request =
                new NewJob(
                        TestQueue.MODEL,
                        Lane.NORMAL,
                        TestQueue.task("hi", false),
                        TestQueue.TIMEOUT,
                        null,
                        Caller.ANYBODY,
                        false,
                        null,
                        trace);

        Job job = make.make(new JobId("j"), request);

        assertThat(job.trace()).isEqualTo(trace);
        assertThat(job.nextAttempt(new Job.EarlierRun(null, TestQueue.START, null)).trace())
                .isEqualTo(trace);
    }

    private Asked asked(Asked.Form form) {
        var request =
                NewJobs.of(
                        TestQueue.MODEL,
                        Lane.NORMAL,
                        TestQueue.task("hi", false),
                        TestQueue.TIMEOUT,
                        null,
                        Caller.ANYBODY,
                        true,
                        new Asked("alias", "flex", form));
        return make.make(new JobId("j"), request).asked();
    }
}
