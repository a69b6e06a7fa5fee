package holt.worker.claim;

import holt.kafka.FollowTopic;
import holt.kafka.KafkaClients;
import holt.kafka.Topics;
import holt.protocol.JobEvent;
import java.time.Instant;
import java.util.function.Consumer;

/** Reads {@code holt.events}. */
@FunctionalInterface
public interface EventLog {
    /**
     * Reads all events from this time on, up to the present end of the log. Waits for that.
     *
     * @param since on the broker's clock
     * @param reader called on one thread at a time
     */
    void read(Instant since, Consumer<JobEvent> reader);

    static EventLog of(KafkaClients clients) {
        return (since, reader) ->
                FollowTopic.messages(
                                clients,
                                Topics.EVENTS,
                                new FollowTopic.From.Since(since, Long.MAX_VALUE),
                                JobEvent.class,
                                (event, _) -> reader.accept(event))
                        .awaitCaughtUp()
                        .close();
    }
}
