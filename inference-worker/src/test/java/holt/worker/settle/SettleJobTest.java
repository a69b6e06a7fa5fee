package holt.worker.settle;

import static holt.kafka.TestTopics.TOPICS;
import static holt.worker.TestJobs.CHAT;
import static holt.worker.TestJobs.NOW;
import static holt.worker.TestJobs.attempt;
import static holt.worker.TestJobs.claimed;
import static holt.worker.TestJobs.job;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import holt.kafka.PublishRetries;
import holt.kafka.RecordingPublisher;
import holt.kafka.Topics;
import holt.protocol.Asked;
import holt.protocol.Codec;
import holt.protocol.DeadLetter;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.Outcome;
import holt.protocol.Payload;
import holt.protocol.Reply;
import holt.protocol.ResponseFormat;
import holt.protocol.StoredObject;
import holt.protocol.WorkerId;
import holt.store.ClaimCheck;
import holt.store.InMemoryObjectStore;
import holt.store.KeepPayload;
import holt.worker.TestJobs;
import holt.worker.report.ClaimReplies;
import holt.worker.report.ClaimedJob;
import holt.worker.report.PublishEvents;
import holt.worker.report.PublishReplies;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SettleJobTest {
    private static final WorkerId WORKER = new WorkerId("w");
    private static final int ATTEMPTS = 3;
    private static final Outcome.Failed RETRYABLE =
            new Outcome.Failed(Failure.WORKER_FAILED, "the engine failed");

    private final RecordingPublisher publisher =
            new RecordingPublisher().withTopic(TOPICS.replies(), Topics.REPLY_PARTITIONS);
    private final PublishEvents events = new PublishEvents(publisher);
    private final PublishReplies replies = new PublishReplies(WORKER, publisher, publisher);
    private Instant now = NOW;
    private final InstantSource clock = () -> now;
    private final InMemoryObjectStore objects = new InMemoryObjectStore();
    private final ClaimCheck claims = new ClaimCheck(objects, clock);

    static Stream<Outcome> finalOutcomes() {
        return Stream.of(
                new Outcome.ChatCompleted("Hi", Outcome.FinishReason.STOP, new Outcome.Usage(1, 1)),
                new Outcome.ImagesCompleted(List.of(), ResponseFormat.URL),
                new Outcome.Stored(new StoredObject("claims/1", 1, "00")),
                new Outcome.Cancelled(),
                new Outcome.Failed(Failure.INVALID_VALUE, "messages: no", "messages"));
    }

    @ParameterizedTest
    @MethodSource("finalOutcomes")
    void anOutcomeBecomesAReplyAndFinished(Outcome outcome) {
        ClaimedJob claimed = claimed(job());

        assertThat(settle(claimed, outcome)).isCompleted();

        assertThat(replies()).containsExactly(outcome);
        assertThat(events()).containsExactly(finished(claimed, outcome));
        assertThat(publisher.sent(TOPICS.dead())).isEmpty();
        assertThat(retried()).isEmpty();
    }

    @Test
    @DisplayName("R137: Finished repeats how the client asked")
    void finishedRepeatsHowTheClientAsked() {
        var asked = new Asked("alias", null, null);
        Job job = job();
        settle(
                claimed(
                        new Job(
                                job.id(),
                                job.model(),
                                job.lane(),
                                1,
                                job.created(),
                                job.deadline(),
                                job.replyTo(),
                                List.of(),
                                null,
                                job.payload(),
                                Set.of(),
                                null,
                                asked,
                                null)),
                new Outcome.Cancelled());

        assertThat(events())
                .singleElement()
                .isInstanceOfSatisfying(
                        JobEvent.Finished.class, end -> assertThat(end.asked()).isEqualTo(asked));
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    @DisplayName("R66: a worker retries exactly the failures that Failure.retryable names")
    void theFailureTableDecidesAboutTheRetry(Failure reason) {
        settle(claimed(job()), new Outcome.Failed(reason, "why"));

        assertThat(retried()).hasSize(reason.retryable() ? 1 : 0);
        assertThat(replies()).hasSize(reason.retryable() ? 0 : 1);
    }

    @Test
    @DisplayName(
            "R66: a retry is Retrying on holt.events and the same job, with the next attempt, on a retry topic")
    void aRetryableFailureBecomesAnotherAttempt() {
        ClaimedJob claimed = claimed(job());

        assertThat(settle(claimed, RETRYABLE)).isCompleted();

        Instant due = NOW.plusSeconds(1);
        assertThat(events())
                .containsExactly(
                        new JobEvent.Retrying(
                                claimed.job().id(),
                                claimed.job().model(),
                                claimed.job().lane(),
                                claimed.claim(),
                                Failure.WORKER_FAILED,
                                due));
        assertThat(publisher.messages(TOPICS.retry(Topics.Retry.SOON), Job.class))
                .containsExactly(
                        claimed.job()
                                .nextAttempt(
                                        new Job.EarlierRun(WORKER, NOW, Failure.WORKER_FAILED)));
        ProducerRecord<String, byte[]> record = retried().getFirst();
        assertThat(record.key()).isEqualTo("j");
        assertThat(Headers.of(record))
                .containsEntry("holt-queue", "holt.jobs.m")
                .containsEntry("holt-due", Long.toString(due.toEpochMilli()))
                .containsEntry("holt-waits", "0");
        assertThat(replies()).isEmpty();
        assertThat(publisher.sent(TOPICS.dead())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, holt.retry.1s", "2, holt.retry.5s", "3, holt.retry.30s", "4, holt.retry.30s"})
    @DisplayName(
            "R17: the first failed attempt waits on 1s, the second on 5s, every later one on 30s")
    void theDelayGrowsWithTheAttempt(int attempt, String topic) {
        settle(10, claimed(attempt(attempt)), RETRYABLE, "");

        assertThat(retried()).extracting(ProducerRecord::topic).containsExactly(topic);
    }

    @Test
    @DisplayName("R72: retries keep the deadline")
    void aRetryKeepsTheDeadline() {
        now = NOW.plusSeconds(30);

        settle(claimed(job()), RETRYABLE);

        assertThat(publisher.messages(TOPICS.retry(Topics.Retry.SOON), Job.class))
                .extracting(Job::deadline)
                .containsExactly(NOW.plus(TestJobs.LIFE));
    }

    @Test
    @DisplayName("R67: a worker gives the job up after the last attempt")
    void theLastAttemptIsGivenUp() {
        ClaimedJob claimed = claimed(attempt(ATTEMPTS));

        assertThat(settle(claimed, RETRYABLE)).isCompleted();

        assertGivenUp(claimed);
    }

    @Test
    @DisplayName("R67: crashes count as failed runs, and hand-backs do not")
    void handBacksDoNotCount() {
        var handBack = new Job.EarlierRun(WORKER, NOW, null);

        settle(claimed(job().nextAttempt(handBack).nextAttempt(handBack)), RETRYABLE);

        assertThat(retried()).hasSize(1);
    }

    @Test
    @DisplayName("R67: a job with as many crashes and failures as attempts is given up")
    void crashesCount() {
        var crash = new Job.EarlierRun(null, NOW, Failure.WORKER_FAILED);
        ClaimedJob claimed = claimed(job().nextAttempt(crash).nextAttempt(crash));

        settle(claimed, RETRYABLE);

        assertGivenUp(claimed);
    }

    @Test
    @DisplayName("R67: a worker gives the job up when the retry would be due after the deadline")
    void aRetryThatWouldComeTooLateIsGivenUp() {
        ClaimedJob claimed = claimed(job());
        now = claimed.job().deadline().minus(Duration.ofSeconds(1));

        settle(claimed, RETRYABLE);

        assertGivenUp(claimed);
    }

    @Test
    void aRetryThatIsDueJustBeforeTheDeadlineIsMade() {
        now = job().deadline().minus(Duration.ofMillis(1001));

        settle(claimed(job()), RETRYABLE);

        assertThat(retried()).hasSize(1);
    }

    @Test
    @DisplayName(
            "R35: a dead letter names the reason, the last run, the worker and the time, and keeps the job")
    void aDeadLetterKeepsTheJobAndTheLastTrace() {
        ClaimedJob claimed = claimed(attempt(ATTEMPTS));

        settle(ATTEMPTS, claimed, RETRYABLE, "stack trace");

        assertThat(publisher.messages(TOPICS.dead(), DeadLetter.class))
                .containsExactly(
                        new DeadLetter(
                                claimed.job(),
                                null,
                                Failure.WORKER_FAILED,
                                "the engine failed",
                                ATTEMPTS,
                                WORKER,
                                NOW,
                                "stack trace"));
        assertThat(claimed.job().earlierRuns()).hasSize(ATTEMPTS - 1);
        assertThat(publisher.sent(TOPICS.dead())).extracting(ProducerRecord::key).containsOnly("j");
    }

    @Test
    @DisplayName("R19: a waiting job without a queue ends as failed and becomes a dead letter")
    void aWaitingJobWithoutAQueueEnds() {
        var failed = new Outcome.Failed(Failure.MODEL_NOT_FOUND, "model: is gone", "model");
        Job waiting = attempt(2);

        assertThat(settleJob(ATTEMPTS).endWaiting(waiting, failed)).isCompleted();

        assertThat(events())
                .containsExactly(
                        new JobEvent.Finished(
                                waiting.id(), waiting.model(), waiting.lane(), null, failed));
        assertThat(publisher.messages(TOPICS.dead(), DeadLetter.class))
                .containsExactly(
                        new DeadLetter(
                                waiting,
                                null,
                                Failure.MODEL_NOT_FOUND,
                                "model: is gone",
                                1,
                                WORKER,
                                NOW,
                                ""));
    }

    @Test
    @DisplayName("R35: a dead letter names a copy of its job's large request")
    void aDeadLetterNamesACopyOfItsLargeRequest() {
        Job job = attempt(ATTEMPTS).withPayload(new Payload.Stored(claims.put(Codec.encode(CHAT))));

        assertThat(settle(claimed(job), RETRYABLE)).succeedsWithin(Duration.ofSeconds(10));

        Job kept = publisher.messages(TOPICS.dead(), DeadLetter.class).getFirst().job();
        assertThat(((Payload.Stored) kept.payload()).object().key()).startsWith("dead/2026-01-02/");
        assertThat(kept.withPayload(job.payload())).isEqualTo(job);
    }

    @Test
    void theTraceReachesNoClient() {
        settle(ATTEMPTS, claimed(attempt(ATTEMPTS)), RETRYABLE, "stack trace");

        assertThat(publisher.sent())
                .filteredOn(record -> !record.topic().equals(TOPICS.dead()))
                .noneMatch(record -> new String(record.value(), UTF_8).contains("stack trace"));
    }

    @Test
    @DisplayName("R48: nothing is settled before the broker has confirmed all records")
    void aJobIsSettledWhenTheBrokerHasEverything() {
        publisher.hold();
        CompletableFuture<?> finished = settle(claimed(job()), new Outcome.Cancelled());
        CompletableFuture<?> retried = settle(claimed(job()), RETRYABLE);
        CompletableFuture<?> givenUp = settle(claimed(attempt(ATTEMPTS)), RETRYABLE);
        assertThat(Stream.of(finished, retried, givenUp)).noneMatch(CompletableFuture::isDone);

        publisher.confirm();

        assertThat(Stream.of(finished, retried, givenUp)).allMatch(CompletableFuture::isDone);
    }

    @ParameterizedTest
    @CsvSource({"holt.replies", "holt.events", "holt.dead"})
    void aRecordThatTheBrokerRefusesLeavesTheJobUnsettled(String topic) {
        publisher.withoutTopic(topic);

        assertThat(settle(claimed(attempt(ATTEMPTS)), RETRYABLE)).isCompletedExceptionally();
    }

    @Test
    @DisplayName(
            "R66: without the record of the next attempt there is no Retrying, so the job counts as running")
    void aRetryWithoutItsRecordIsNotAnnounced() {
        publisher.withoutTopic(TOPICS.retry(Topics.Retry.SOON));

        assertThat(settle(claimed(job()), RETRYABLE)).isCompletedExceptionally();

        assertThat(events()).isEmpty();
    }

    @Test
    void aRetryThatTheBrokerRefusesLeavesTheJobUnsettled() {
        publisher.fail(new KafkaException("away"));

        assertThat(settle(claimed(job()), RETRYABLE)).isCompletedExceptionally();
    }

    private CompletableFuture<?> settle(ClaimedJob claimed, Outcome outcome) {
        return settle(ATTEMPTS, claimed, outcome, "");
    }

    private CompletableFuture<?> settle(
            int attempts, ClaimedJob claimed, Outcome outcome, String trace) {
        ClaimReplies opened = replies.open(claimed);
        return settleJob(attempts).settle(claimed, opened, outcome, trace);
    }

    private SettleJob settleJob(int attempts) {
        return new SettleJob(
                WORKER,
                events,
                new PublishRetries(publisher, clock, () -> 0),
                new PublishDeadLetters(WORKER, publisher, new KeepPayload(claims), clock),
                clock,
                attempts);
    }

    private void assertGivenUp(ClaimedJob claimed) {
        assertThat(replies()).containsExactly(RETRYABLE);
        assertThat(events()).containsExactly(finished(claimed, RETRYABLE));
        assertThat(publisher.messages(TOPICS.dead(), DeadLetter.class))
                .extracting(DeadLetter::job)
                .containsExactly(claimed.job());
        assertThat(retried()).isEmpty();
    }

    /** Without the {@code Started} of a later run. */
    private List<Reply> replies() {
        return publisher.messages(TOPICS.replies(), Reply.class).stream()
                .filter(reply -> !(reply instanceof Reply.Started))
                .toList();
    }

    private List<JobEvent> events() {
        return publisher.messages(TOPICS.events(), JobEvent.class);
    }

    private List<ProducerRecord<String, byte[]>> retried() {
        return Stream.of(Topics.Retry.values())
                .flatMap(retry -> publisher.sent(TOPICS.retry(retry)).stream())
                .toList();
    }

    private static JobEvent finished(ClaimedJob claimed, Outcome outcome) {
        Job job = claimed.job();
        return new JobEvent.Finished(job.id(), job.model(), job.lane(), claimed.claim(), outcome);
    }
}
