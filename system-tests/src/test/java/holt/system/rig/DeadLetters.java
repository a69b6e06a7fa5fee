package holt.system.rig;

import holt.kafka.KafkaClients;
import holt.kafka.Topics;
import holt.protocol.DeadLetter;
import java.util.List;

/** What is on {@code holt.dead}. */
public final class DeadLetters {
    private DeadLetters() {}

    /** Reads the topic to its present end. */
    public static List<DeadLetter> read(KafkaClients clients) {
        return Topic.read(clients, Topics.DEAD, DeadLetter.class);
    }

    /** Those of that job. */
    public static List<DeadLetter> of(KafkaClients clients, String job) {
        return read(clients).stream()
                .filter(letter -> letter.job() != null && letter.job().id().value().equals(job))
                .toList();
    }
}
