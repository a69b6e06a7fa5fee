package holt.kafka;

import holt.protocol.KnownModel;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Removes what the broker holds of a model: its queue topics, their share groups, and its record of {@code holt.settings}. */
public final class ForgetModel {
    private static final Duration CONFIRM_WITHIN = Duration.ofSeconds(15);

    private final KafkaClients clients;
    private final Consumer<String> report;

    /** @param report receives one line for each thing that was removed, or that stays */
    public ForgetModel(KafkaClients clients, Consumer<String> report) {
        this.clients = clients;
        this.report = report;
    }

    /** @throws BrokerUnfitException if the broker is away or refuses */
    public void forget(ModelTraces traces) {
        try (Admin admin = clients.admin()) {
            // The broker does not find the state of a group whose topic is gone.
            traces.waiting().keySet().forEach(group -> deleteGroup(admin, group));
            traces.waiting().forEach((queue, jobs) -> deleteTopic(admin, queue, jobs));
            // The controller confirms a deletion before the broker applies it.
            AwaitAdmin.until(
                    () -> areGone(admin, traces.waiting().keySet()),
                    "the broker still shows the topics " + traces.waiting().keySet());
        }
        if (traces.known()) {
            deleteSetting(KnownModel.key(traces.model()));
        }
    }

    private void deleteTopic(Admin admin, String topic, long jobs) {
        try {
            AwaitAdmin.answer(
                    admin.deleteTopics(List.of(topic)).all(), "deleting the topic " + topic);
            report.accept("removed the topic " + topic + " with " + jobs + " jobs");
        } catch (BrokerUnfitException e) {
            unless(e, UnknownTopicOrPartitionException.class);
        }
    }

    private static boolean areGone(Admin admin, Set<String> topics) {
        Set<String> all = AwaitAdmin.answer(admin.listTopics().names(), "asking for topics");
        return Collections.disjoint(all, topics);
    }

    private void deleteGroup(Admin admin, String group) {
        try {
            AwaitAdmin.answer(
                    admin.deleteShareGroups(List.of(group)).all(),
                    "deleting the share group " + group);
            report.accept("removed the share group " + group);
        } catch (BrokerUnfitException e) {
            if (e.getCause() instanceof GroupNotEmptyException) {
                report.accept("kept the share group " + group + ": a worker still uses it");
            } else {
                unless(e, GroupIdNotFoundException.class);
            }
        }
    }

    private void deleteSetting(String key) {
        try (Publisher settings = clients.publisher(Duration.ZERO, CONFIRM_WITHIN)) {
            String topic = clients.topics().settings();
            settings.send(new ProducerRecord<>(topic, key, null)).join();
            report.accept("removed the record " + key + " of " + topic);
        } catch (CompletionException e) {
            throw new BrokerUnfitException(
                    "removing the record " + key + " failed: " + e.getMessage(), e);
        }
    }

    private static void unless(BrokerUnfitException failure, Class<? extends Throwable> gone) {
        if (!gone.isInstance(failure.getCause())) {
            throw failure;
        }
    }
}
