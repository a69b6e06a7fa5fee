package holt.system.rig.topics;

import holt.kafka.FollowTopic;
import holt.kafka.KafkaClients;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads a topic to its current end. */
final class ReadTopic {
    private ReadTopic() {}

    static <T> List<T> messages(KafkaClients clients, String topic, Class<T> family) {
        var messages = Collections.synchronizedList(new ArrayList<T>());
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
