package holt.worker.run;

import holt.kafka.BrokerUnfitException;
import holt.kafka.FollowTopic;
import holt.kafka.FollowTopic.From;
import holt.kafka.KafkaClients;
import holt.protocol.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code holt.commands}. The newest commands come first, since few earlier ones still matter. The earlier ones are read beside the
 * worker's work. A cancellation that comes too late only costs a run.
 */
public final class FollowCommands implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FollowCommands.class);

    /** Clients wait for five minutes at most. So these are all commands that matter, at up to 160 hang-ups a second. */
    private static final int NEWEST = 50_000;

    /** Leaves the processor to the worker. */
    private static final Duration PACE = Duration.ofMillis(5);

    private final FollowTopic newest;
    private final FollowTopic earlier;

    /**
     * Returns once the newest commands are applied. It also returns if they cannot be read.
     *
     * @param apply called on two threads, and twice for some commands
     * @throws BrokerUnfitException if the broker is out of reach or lacks the topic
     */
    public FollowCommands(KafkaClients clients, Consumer<Command> apply) {
        newest = follow(clients, new From.Since(Instant.EPOCH, NEWEST), Duration.ZERO, apply);
        try {
            newest.awaitCaughtUp();
        } catch (BrokerUnfitException e) {
            LOG.atWarn()
                    .addKeyValue("reason", e.getMessage())
                    .log(
                            "the newest commands are not read yet; the worker starts, and may run jobs that were cancelled");
        }
        earlier = follow(clients, new From.Beginning(), PACE, apply);
        var _ = earlier.caughtUp().thenRun(() -> Thread.startVirtualThread(earlier::close));
    }

    /** The follower that reads what comes. */
    public FollowTopic follower() {
        return newest;
    }

    /** Completes when the earlier commands are applied, too. */
    public CompletableFuture<Void> earlierRead() {
        return earlier.caughtUp();
    }

    @Override
    public void close() {
        newest.close();
        earlier.close();
    }

    private static FollowTopic follow(
            KafkaClients clients, From from, Duration pace, Consumer<Command> apply) {
        return FollowTopic.messages(
                clients,
                clients.topics().commands(),
                from,
                pace,
                Command.class,
                (command, _) -> apply.accept(command));
    }
}
