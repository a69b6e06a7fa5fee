package holt.api.queue.placement;

import holt.api.models.LiveWorkers;
import holt.protocol.InstanceId;
import holt.protocol.LineMessage;
import holt.protocol.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gives the lines of all instances one order. An instance with waiting jobs tells {@code holt.line} what waits. The owner of the line rules
 * which jobs go, and each instance follows. While no jobs wait, nobody writes anything. Without news of an owner, each instance places its own
 * jobs ({@code ModelQueue.RULED_FOR}).
 */
public final class ShareLines {
    /** Between two demands of an instance, while jobs wait in no other. */
    private static final Duration ALONE = Duration.ofMillis(250);

    /** A demand that stays the same is told again after this time, for instances that have just started. */
    private static final Duration REPEAT_DEMAND = Duration.ofSeconds(1);

    private static final Duration REPEAT_RULING = Duration.ofMillis(500);

    /** A message that has not come back by then is lost. */
    private static final Duration LOST_AFTER = Duration.ofSeconds(1);

    private final InstanceId self;
    private final LiveWorkers workers;
    private final PlaceJobs place;
    private final InstantSource clock;
    private final double leastShare;
    private final Function<LineMessage, CompletableFuture<?>> send;
    private final Map<ModelName, Shared> lines = new HashMap<>();

    /** What this instance knows of one model, and what it has said. */
    private static final class Shared {
        private final SharedLine line;
        private final WholeWindow window = new WholeWindow();
        private LineMessage.@Nullable Demand told;
        private Instant toldAt = Instant.MIN;
        private CompletableFuture<?> telling = CompletableFuture.completedFuture(null);
        private Instant ruledAt = Instant.MIN;

        /** Whether the own ruling is on its way. */
        private boolean ruling;

        private Shared(SharedLine line) {
            this.line = line;
        }
    }

    /**
     * @param clock the broker's
     * @param leastShare of a lower lane's work, while higher ones wait
     * @param send writes to {@code holt.line}
     */
    public ShareLines(
            InstanceId self,
            LiveWorkers workers,
            PlaceJobs place,
            InstantSource clock,
            double leastShare,
            Function<LineMessage, CompletableFuture<?>> send) {
        this.self = self;
        this.workers = workers;
        this.place = place;
        this.clock = clock;
        this.leastShare = leastShare;
        this.send = send;
    }

    /** The next message of {@code holt.line}. One thread calls it. */
    public void read(LineMessage message, long offset) {
        switch (message) {
            case LineMessage.Demand demand -> read(demand);
            case LineMessage.Ruling ruling -> {
                // First the jobs go. A demand that counts them may claim to have read the ruling.
                place.follow(self, ruling);
                read(ruling, offset);
            }
        }
    }

    private synchronized void read(LineMessage.Demand demand) {
        shared(demand.model()).line.apply(demand);
    }

    private synchronized void read(LineMessage.Ruling ruling, long offset) {
        Shared shared = shared(ruling.model());
        shared.line.apply(ruling, offset);
        shared.ruling &= !ruling.owner().equals(self);
    }

    /**
     * Tells what has changed here and, as the owner, rules.
     *
     * @param owner whether this instance owns the line
     */
    void round(boolean owner) {
        if (workers.liveInstances() < 2) {
            return;
        }
        var models = new HashSet<>(place.models());
        synchronized (this) {
            lines.values().forEach(shared -> shared.line.retain(workers::isLive));
            models.addAll(lines.keySet());
        }
        for (ModelName model : models) {
            tell(model);
            if (owner) {
                rule(model);
            }
        }
    }

    /** Jobs of the model that wait in other instances, and that the log does not show yet. */
    public synchronized long heldElsewhere(ModelName model) {
        Shared shared = lines.get(model);
        return shared == null ? 0 : shared.line.heldElsewhere();
    }

    /** The work of those. */
    public synchronized long heldWorkElsewhere(ModelName model) {
        Shared shared = lines.get(model);
        return shared == null ? 0 : shared.line.heldWorkElsewhere();
    }

    private void tell(ModelName model) {
        Instant now = clock.instant();
        long read;
        synchronized (this) {
            Shared shared = shared(model);
            if (!shared.telling.isDone() || isQuiet(shared, place.waitingJobs(model), now)) {
                return;
            }
            read = shared.line.read();
        }
        LineMessage.Demand demand = place.demand(self, model, read);
        synchronized (this) {
            Shared shared = shared(model);
            if (isNews(demand, shared, now)) {
                shared.told = demand;
                shared.toldAt = now;
                shared.telling = send.apply(demand);
            }
        }
    }

    /** Whether nobody needs to know now what waits here. */
    private static boolean isQuiet(Shared shared, long waiting, Instant now) {
        if (shared.line.isWantedElsewhere()) {
            return false;
        }
        boolean wanted = shared.told != null && !shared.told.wants().isEmpty();
        return wanted ? shared.toldAt.plus(ALONE).isAfter(now) : waiting == 0;
    }

    private static boolean isNews(LineMessage.Demand demand, Shared shared, Instant now) {
        return !demand.equals(shared.told) || shared.toldAt.plus(REPEAT_DEMAND).isBefore(now);
    }

    private void rule(ModelName model) {
        Instant now = clock.instant();
        synchronized (this) {
            Shared shared = shared(model);
            if (shared.ruling && shared.ruledAt.plus(LOST_AFTER).isAfter(now)) {
                return;
            }
            LineMessage.Ruling last = shared.line.ruling();
            if (shared.line.demanding() == 0
                    && (last == null || last instanceof LineMessage.Open)) {
                return;
            }
            LineMessage.Ruling next =
                    shared.line.rule(shared.window.size(workers.slots(model), now));
            if (isNews(next, last) || shared.ruledAt.plus(REPEAT_RULING).isBefore(now)) {
                if (next instanceof LineMessage.Credits credits) {
                    shared.window.granted(credits, now);
                }
                shared.ruledAt = now;
                shared.ruling = true;
                var _ = send.apply(next);
            }
        }
    }

    private boolean isNews(LineMessage.Ruling next, LineMessage.@Nullable Ruling last) {
        return !next.equals(last)
                || (next instanceof LineMessage.Credits credits && !credits.grants().isEmpty());
    }

    private Shared shared(ModelName model) {
        return lines.computeIfAbsent(
                model, _ -> new Shared(new SharedLine(self, model, leastShare)));
    }
}
