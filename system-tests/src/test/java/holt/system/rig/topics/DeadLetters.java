package holt.system.rig.topics;

import static holt.kafka.TestTopics.TOPICS;

import holt.kafka.KafkaClients;
import holt.protocol.DeadLetter;
import holt.system.rig.time.Await;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** The dead letters on {@code holt.dead}. */
public final class DeadLetters {
    private DeadLetters() {}

    /** Reads the topic to its current end. */
    public static List<DeadLetter> read(KafkaClients clients) {
        return ReadTopic.messages(clients, TOPICS.dead(), DeadLetter.class);
    }

    /** The dead letters of that job, at least one. It waits for it, since a worker writes it while the client is being answered. */
    public static List<DeadLetter> of(KafkaClients clients, String job) {
        var letters = new AtomicReference<List<DeadLetter>>();
        Await.until(() -> {
            letters.set(
                    read(clients).stream()
                            .filter(letter ->
                                    letter.job() != null && letter.job().id().value().equals(job))
                            .toList());
            return !letters.get().isEmpty();
        });
        return letters.get();
    }
}
