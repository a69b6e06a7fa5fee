package holt.system.rig;

import holt.kafka.FollowTopic;
import holt.kafka.KafkaClients;
import holt.kafka.Topics;
import holt.protocol.DeadLetter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What is on {@code holt.dead}. */
public final class DeadLetters {
    private DeadLetters() {}

    /** Reads the topic to its present end. */
    public static List<DeadLetter> read(KafkaClients clients) {
        var letters = new CopyOnWriteArrayList<DeadLetter>();
        try (var _ =
                FollowTopic.messages(
                                clients,
                                Topics.DEAD,
                                new FollowTopic.From.Beginning(),
                                DeadLetter.class,
                                (letter, _) -> letters.add(letter))
                        .awaitCaughtUp()) {
            return letters;
        }
    }
}
