package holt.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class AskedTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final JobId JOB = new JobId("0123456789abcdef0123456789abcdef");
    private static final ModelName MODEL = new ModelName("m");
    private static final Asked COMPLETION = new Asked(null, null, new Asked.Form.Completion(true));
    private static final Asked RESPONSE =
            new Asked(
                    "gpt-4o-mini",
                    "flex",
                    new Asked.Form.Response(Map.of("instructions", "Be brief.")));
    private static final Asked STORED =
            new Asked(
                    null,
                    null,
                    new Asked.Form.Stored(new StoredObject("claims/2026-01-02/x", 70_000, "00ff")));

    @TestFactory
    @DisplayName("R137: a job and its Finished say how the client asked")
    Stream<DynamicTest> aJobSaysHowItsClientAsked() {
        return Stream.of(
                        new Golden("job-of-a-completion", Job.class, job(COMPLETION)),
                        new Golden("event-finished-of-a-response", JobEvent.class, ended(RESPONSE)),
                        new Golden(
                                "event-finished-of-a-stored-form", JobEvent.class, ended(STORED)))
                .map(Golden::test);
    }

    @Test
    @DisplayName(
            "R137: further runs of a job keep how its client asked, and older workers read the job")
    void furtherRunsKeepIt() {
        Job job = job(COMPLETION);

        assertThat(job.nextAttempt(new Job.EarlierRun(null, NOON, null)).asked())
                .isEqualTo(COMPLETION);
        assertThat(job.withPayload(job.payload()).asked()).isEqualTo(COMPLETION);
        assertThat(new String(Codec.encode(job), StandardCharsets.UTF_8)).startsWith("{\"v\":1,");
    }

    @Test
    void theUsualFormIsNotRemembered() {
        assertThat(Asked.of(MODEL, "m", null, null)).isNull();
        assertThat(Asked.of(MODEL, null, null, null)).isNull();
        assertThat(Asked.of(MODEL, "alias", null, null)).isEqualTo(new Asked("alias", null, null));
        assertThat(Asked.of(MODEL, "m", "flex", null)).isEqualTo(new Asked(null, "flex", null));
    }

    @Test
    void whatAResponseRepeatsStaysOutOfLogs() {
        assertThat(RESPONSE.toString()).doesNotContain("brief");
    }

    private static JobEvent ended(Asked asked) {
        return new JobEvent.Finished(
                JOB,
                MODEL,
                Lane.NORMAL,
                new ClaimId("c1a1"),
                new Outcome.ChatCompleted("Hi", Outcome.FinishReason.STOP, new Outcome.Usage(1, 1)),
                asked);
    }

    private static Job job(Asked asked) {
        return new Job(
                JOB,
                MODEL,
                Lane.NORMAL,
                1,
                NOON,
                NOON.plusSeconds(60),
                new ReplyAddress(0, "e"),
                List.of(),
                null,
                new Payload.Stored(new StoredObject("k", 1, "00")),
                Set.of(),
                null,
                asked,
                null);
    }
}
