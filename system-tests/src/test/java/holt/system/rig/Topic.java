package holt.system.rig;

import holt.kafka.FollowTopic;
import holt.kafka.KafkaClients;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Reads a topic to its present end. */
final class Topic {
    private Topic() {}

    static <T> List<T> read(KafkaClients clients, String topic, Class<T> family) {
        var messages = new CopyOnWriteArrayList<T>();
        try (var _ =
                FollowTopic.messages(
                                clients,
                                topic,
                                new FollowTopic.From.Beginning(),
                                family,
                                (message, _) -> messages.add(message))
                        .awaitCaughtUp()) {
            return List.copyOf(messages);
        }
    }
}
