package holt.api.edge;

import holt.api.queue.dead.DeadFilter;
import holt.api.queue.dead.DeadHead;
import holt.api.queue.dead.DeadLetters;
import holt.protocol.ChatMessage;
import holt.protocol.DeadLetter;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Payload;
import holt.protocol.ReplyAddress;
import holt.protocol.Task;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Two open letters: number 7, whose job asks a secret, and number 9, which holds no job. */
public final class FakeDeadLetters implements DeadLetters {
    private static final Instant AT = Instant.ofEpochSecond(1_700_000_000);

    private static final Task ASKED =
            new Task.Chat(
                    List.of(new ChatMessage("user", "a secret")),
                    new Task.Sampling(1, 1, null),
                    null,
                    List.of(),
                    false);

    @Override
    public List<DeadHead> open(DeadFilter filter) {
        return List.of(
                new DeadHead(
                        7,
                        new JobId("j"),
                        new ModelName("m"),
                        null,
                        Failure.WORKER_FAILED,
                        "it failed",
                        3,
                        1,
                        AT),
                new DeadHead(
                        9,
                        null,
                        null,
                        null,
                        Failure.SERVER_ERROR,
                        "no job",
                        0,
                        0,
                        AT.plusSeconds(1)));
    }

    @Override
    public @Nullable DeadLetter read(long number) {
        if (number != 7) {
            return null;
        }
        var job =
                new Job(
                        new JobId("j"),
                        new ModelName("m"),
                        Lane.NORMAL,
                        3,
                        AT,
                        AT.plusSeconds(170),
                        new ReplyAddress(0, "e"),
                        List.of(new Job.EarlierRun(null, AT, Failure.WORKER_FAILED)),
                        null,
                        new Payload.Inline(ASKED));
        return new DeadLetter(
                job, null, Failure.WORKER_FAILED, "it failed", 3, null, AT, "at Otter.swim");
    }

    @Override
    public @Nullable Task request(DeadLetter letter) {
        return Objects.requireNonNull(letter.job()).payload() instanceof Payload.Inline(Task task)
                ? task
                : null;
    }

    @Override
    public Replayed replay(DeadFilter filter, int most, boolean force) {
        return new Replayed(1, 1);
    }

    @Override
    public int discard(DeadFilter filter) {
        return open(filter).size();
    }
}
