package holt.worker.settle;

import holt.kafka.ConsumeTopic;
import holt.kafka.FindTopics;
import holt.kafka.KafkaClients;
import holt.kafka.PublishRetries;
import holt.kafka.Publisher;
import holt.kafka.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** Reads the retry topics. All workers share each topic as one consumer group with the topic's name. */
public final class RequeueJobs implements AutoCloseable {
    /** A record that no queue confirms within this time goes back to its retry topic. */
    private static final Duration CONFIRM_WITHIN = Duration.ofSeconds(10);

    /** Its own, so that a queue in trouble fills no buffer that the outcomes need. */
    private final Publisher queues;

    private final FindTopics find;
    private final List<ConsumeTopic> topics;

    /** @param clock the broker's */
    public RequeueJobs(
            KafkaClients clients,
            PublishRetries retries,
            SettleJob settle,
            PublishDeadLetters deadLetters,
            InstantSource clock) {
        queues = clients.publisher(Duration.ZERO, CONFIRM_WITHIN);
        find = new FindTopics(clients);
        topics =
                Stream.of(Topics.Retry.values())
                        .map(retry ->
                                new ConsumeTopic(
                                        clients,
                                        clients.topics().retry(retry),
                                        clients.topics().retry(retry),
                                        clock,
                                        new RequeueWhenDue(
                                                retry,
                                                queues,
                                                retries,
                                                find::has,
                                                new EndWaitingJob(settle, deadLetters),
                                                clock)))
                        .toList();
    }

    @Override
    public void close() {
        topics.parallelStream().forEach(ConsumeTopic::close);
        queues.close();
        find.close();
    }
}
