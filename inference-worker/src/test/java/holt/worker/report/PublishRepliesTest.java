package holt.worker.report;

import static holt.kafka.TestTopics.TOPICS;
import static holt.worker.TestJobs.attempt;
import static holt.worker.TestJobs.claimed;
import static holt.worker.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;

import holt.kafka.RecordingPublisher;
import holt.kafka.ReplyHeaders;
import holt.kafka.Topics;
import holt.protocol.ClaimId;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import holt.protocol.Payload;
import holt.protocol.Reply;
import holt.protocol.StoredObject;
import holt.protocol.WorkerId;
import holt.worker.TestJobs;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PublishRepliesTest {
    private static final WorkerId WORKER = new WorkerId("w");
    private static final ClaimedJob STREAMED = claimed(job(TestJobs.chat(true)));
    private static final ClaimedJob WHOLE = claimed(job(TestJobs.chat(false)));

    private final RecordingPublisher batched =
            new RecordingPublisher().withTopic(TOPICS.replies(), Topics.REPLY_PARTITIONS);
    private final RecordingPublisher prompt =
            new RecordingPublisher().withTopic(TOPICS.replies(), Topics.REPLY_PARTITIONS);
    private final PublishReplies publish = new PublishReplies(WORKER, batched, prompt);

    @Test
    void aStreamedJobStartsWithStarted() {
        publish.open(STREAMED);

        assertThat(replies(batched)).containsExactly(new Reply.Started(WORKER, 1));
    }

    @Test
    void imagesAndStoredRequestsStartWithStarted() {
        publish.open(claimed(job(TestJobs.IMAGES)));
        publish.open(
                claimed(
                        job(
                                TestJobs.LIFE,
                                new Payload.Stored(new StoredObject("claims/1", 1, "00")))));

        assertThat(replies(batched)).hasSize(2).hasOnlyElementsOfType(Reply.Started.class);
    }

    @Test
    @DisplayName("R24: no Started reply for a first run whose client waits only for the end")
    void aFirstRunOfAnUnstreamedChatSendsNoStarted() {
        publish.open(WHOLE);

        assertThat(batched.sent()).isEmpty();
        assertThat(prompt.sent()).isEmpty();
    }

    @Test
    void aLaterRunOfAnUnstreamedChatSendsStarted() {
        publish.open(claimed(attempt(2)));

        assertThat(replies(prompt)).containsExactly(new Reply.Started(WORKER, 2));
    }

    @Test
    @DisplayName("R23: holt-seq counts a claim's replies from 0, and one producer writes them all")
    void allRepliesOfAClaimAreNumberedAndGoThroughOnePublisher() {
        ClaimReplies replies = publish.open(STREAMED);
        replies.accept(new Reply.TextDelta("a", 1));
        replies.accept(new Reply.TextDelta("b", 1));
        replies.send(new Outcome.Cancelled());

        assertThat(replies(batched))
                .containsExactly(
                        new Reply.Started(WORKER, 1),
                        new Reply.TextDelta("a", 1),
                        new Reply.TextDelta("b", 1),
                        new Outcome.Cancelled());
        assertThat(headers(batched)).extracting(ReplyHeaders::sequence).containsExactly(0, 1, 2, 3);
        assertThat(prompt.sent()).isEmpty();
    }

    @Test
    @DisplayName("R44: every reply and every event of a claim carries the claim id")
    void repliesCarryTheClaimAndGoToTheClientsPartition() {
        publish.open(claimed(attempt(2)));

        assertThat(headers(prompt))
                .containsExactly(
                        new ReplyHeaders(
                                new JobId("j"),
                                new ClaimId("claim"),
                                TestJobs.CLIENT.epoch(),
                                2,
                                0));
        assertThat(prompt.sent(TOPICS.replies()))
                .extracting(ProducerRecord::partition)
                .containsExactly(TestJobs.CLIENT.partition());
        assertThat(STREAMED.started(WORKER).claim()).isEqualTo(STREAMED.claim());
    }

    @Test
    @DisplayName("R81: Progress replies go to the waiting client's instance")
    void progressGoesToTheClient() {
        publish.open(claimed(job(TestJobs.IMAGES))).accept(new Reply.Progress(1, 4));

        assertThat(replies(batched)).endsWith(new Reply.Progress(1, 4));
        assertThat(batched.sent(TOPICS.replies()))
                .extracting(ProducerRecord::partition)
                .containsOnly(TestJobs.CLIENT.partition());
    }

    private static List<Reply> replies(RecordingPublisher publisher) {
        return publisher.messages(TOPICS.replies(), Reply.class);
    }

    private static List<ReplyHeaders> headers(RecordingPublisher publisher) {
        return publisher.sent(TOPICS.replies()).stream()
                .map(record -> ReplyHeaders.read(record.headers()))
                .toList();
    }
}
