package holt.api.queue.placement;

import holt.api.queue.publish.Breaker;
import holt.protocol.InstanceId;
import holt.protocol.Job;
import holt.protocol.JobId;
import holt.protocol.LineMessage;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The line and the window of one model, what the owner of the line has ruled, and since when the queue is in trouble. Not thread-safe:
 * {@code PlaceJobs} guards it with its lock.
 */
final class ModelQueue {
    private static final Logger LOG = LoggerFactory.getLogger(ModelQueue.class);

    /** Without news of the owner for this time, the instances place jobs by themselves. */
    static final Duration RULED_FOR = Duration.ofSeconds(2);

    final Line line;
    final Window window = new Window();

    /** Of the queue topic. */
    final Breaker breaker;

    private final ModelName model;
    private @Nullable Instant troubleSince;
    private Instant ruledUntil = Instant.MIN;
    private int lease;

    ModelQueue(ModelName model, double leastShare, Breaker breaker) {
        this.model = model;
        this.line = new Line(leastShare);
        this.breaker = breaker;
    }

    /**
     * Follows a ruling.
     *
     * @return the jobs that it names. They have left the line
     */
    List<WaitingJob> follow(
            InstanceId self, LineMessage.Ruling ruling, Instant now, Predicate<WaitingJob> mayGo) {
        var named = new ArrayList<WaitingJob>();
        lease = 0;
        ruledUntil = now.plus(RULED_FOR);
        switch (ruling) {
            case LineMessage.Open _ -> ruledUntil = Instant.MIN;
            case LineMessage.Lease it -> lease = it.instance().equals(self) ? it.size() : 0;
            case LineMessage.Credits credits ->
                    credits.grants().stream()
                            .filter(grant -> grant.instance().equals(self))
                            .forEach(grant -> use(grant, mayGo, named));
        }
        return named;
    }

    private void use(LineMessage.Grant grant, Predicate<WaitingJob> mayGo, List<WaitingJob> named) {
        for (int used = 0; used < grant.jobs(); used++) {
            WaitingJob job = line.next(grant.lane(), grant.caller(), mayGo);
            if (job == null) {
                return;
            }
            place(job.job(), true);
            named.add(job);
        }
    }

    /**
     * A job goes to Kafka.
     *
     * @param named whether the owner of the line has named it
     */
    void place(Job job, boolean named) {
        window.place(new Window.Placed(job, line.expected(job).work(), named));
    }

    /**
     * A job's run has ended.
     *
     * @param outcome null if the job goes on
     * @return false if the job was not here
     */
    boolean ended(JobId job, @Nullable Outcome outcome) {
        Window.Placed placed = window.remove(job);
        if (placed != null && outcome != null) {
            Work.measured(outcome).ifPresent(work -> line.correct(placed, work));
        }
        return placed != null;
    }

    /**
     * A job was not sent.
     *
     * @return false if it may not wait any more
     */
    boolean takeBack(WaitingJob job) {
        Window.Placed placed = window.remove(job.id());
        if (placed == null || !job.kept() || line.get(job.id()) != null) {
            return false;
        }
        line.putBack(job, placed);
        return true;
    }

    /**
     * What waits here, for the owner of the line.
     *
     * @param read the offset of the newest ruling that this instance has followed
     */
    LineMessage.Demand demand(InstanceId self, long read, Predicate<WaitingJob> mayGo) {
        return new LineMessage.Demand(
                self,
                model,
                read,
                window.placed(),
                line.held(),
                line.heldWork(),
                line.wants(mayGo),
                line.takeCorrections());
    }

    boolean isRuled(Instant now) {
        return now.isBefore(ruledUntil);
    }

    /** Whether another job may go, unless it is named. */
    boolean hasRoom(Instant now) {
        return isRuled(now) ? window.placed() < lease : window.hasRoom();
    }

    /** Notes whether the queue is in trouble. */
    void troubled(boolean trouble, Instant now) {
        if (trouble != (troubleSince != null)) {
            LOG.atWarn()
                    .addKeyValue("model", model.value())
                    .log(
                            trouble
                                    ? "the broker does not take the model's jobs in time; they wait, and each gets 503 after holt.jobs.hold"
                                    : "the broker takes the model's jobs again; those that waited follow");
            troubleSince = trouble ? now : null;
        }
    }

    /**
     * The jobs that have waited since then because of trouble, and that may be refused.
     *
     * @param troubled whether something other than the queue has held the job since then
     */
    List<WaitingJob> heldSince(Instant time, Predicate<WaitingJob> troubled) {
        boolean all = troubleSince != null && !troubleSince.isAfter(time);
        return line.all().stream()
                .filter(job -> !job.kept() && !job.since().isAfter(time))
                .filter(job -> all || troubled.test(job))
                .toList();
    }
}
