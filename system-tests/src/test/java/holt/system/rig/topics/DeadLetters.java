package holt.system.rig.topics;

import static holt.kafka.TestTopics.TOPICS;

import holt.kafka.KafkaClients;
import holt.protocol.DeadLetter;
import java.util.List;

/** The dead letters on {@code holt.dead}. */
public final class DeadLetters {
    private DeadLetters() {}

    /** Reads the topic to its current end. */
    public static List<DeadLetter> read(KafkaClients clients) {
        return ReadTopic.messages(clients, TOPICS.dead(), DeadLetter.class);
    }

    /** The dead letters of that job. */
    public static List<DeadLetter> of(KafkaClients clients, String job) {
        return read(clients).stream()
                .filter(letter -> letter.job() != null && letter.job().id().value().equals(job))
                .toList();
    }
}
