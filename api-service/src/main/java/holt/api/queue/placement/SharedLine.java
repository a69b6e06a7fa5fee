package holt.api.queue.placement;

import holt.protocol.InstanceId;
import holt.protocol.Job;
import holt.protocol.Lane;
import holt.protocol.LineMessage;
import holt.protocol.ModelName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What waits in all instances for one model, as {@code holt.line} tells it, and which of it is next. Each instance keeps it, so that a new
 * owner of the line can go on at once. The order is that of a {@link Line}. Not thread-safe: {@code ShareLines} guards it with its lock.
 */
final class SharedLine {
    private final InstanceId self;
    private final ModelName model;
    private final Map<InstanceId, Told> instances = new LinkedHashMap<>();
    private final LaneShares turns;
    private final FairShares shares = new FairShares();
    private LineMessage.@Nullable Ruling ruling;
    private long read = -1;

    /** What one instance has told, and what it has been granted since. */
    private static final class Told {
        private LineMessage.Demand demand;
        private final List<Pending> pending = new ArrayList<>();

        private Told(LineMessage.Demand demand) {
            this.demand = demand;
        }

        private int occupied() {
            return demand.placed() + pending.stream().mapToInt(Pending::jobs).sum();
        }

        /** Of these jobs of the caller and lane have gone since. */
        private int gone(LineMessage.Want want) {
            return pending.stream()
                    .map(Pending::grant)
                    .filter(grant ->
                            grant != null
                                    && grant.lane() == want.lane()
                                    && grant.caller().equals(want.caller()))
                    .mapToInt(LineMessage.Grant::jobs)
                    .sum();
        }
    }

    /**
     * Jobs that an instance may have sent since its last demand.
     *
     * @param offset of the ruling
     * @param grant null for the rest of a lease
     */
    private record Pending(long offset, int jobs, LineMessage.@Nullable Grant grant) {}

    /** The waiting jobs of one caller in one lane of one instance. */
    private static final class Candidate {
        private final InstanceId instance;
        private final LineMessage.Want want;
        private int next;

        private Candidate(InstanceId instance, LineMessage.Want want, int next) {
            this.instance = instance;
            this.want = want;
            this.next = next;
        }

        private boolean hasNext() {
            return next < want.jobs();
        }

        /** The jobs that are only counted are like the last one that is told. */
        private LineMessage.Head head() {
            return want.first().get(Math.min(next, want.first().size() - 1));
        }

        private Job.Origin origin() {
            return new Job.Origin(want.caller(), want.weight(), head().work());
        }
    }

    /** @param leastShare of a lower lane's work, while higher ones wait */
    SharedLine(InstanceId self, ModelName model, double leastShare) {
        this.self = self;
        this.model = model;
        this.turns = new LaneShares(leastShare);
    }

    /** An instance tells what waits. */
    void apply(LineMessage.Demand demand) {
        demand.wants().forEach(want -> shares.waits(anyOf(want)));
        demand.corrections().forEach(it -> shares.correct(it.caller(), it.more()));
        Told told = instances.computeIfAbsent(demand.instance(), _ -> new Told(demand));
        if (told.demand != demand) {
            leave(told.demand);
            told.demand = demand;
        }
        told.pending.removeIf(pending -> pending.offset <= demand.read());
    }

    /** An owner has ruled. */
    void apply(LineMessage.Ruling next, long at) {
        if (ruling instanceof LineMessage.Lease lease
                && !(next instanceof LineMessage.Lease same
                        && same.instance().equals(lease.instance()))) {
            end(lease, at);
        }
        if (next instanceof LineMessage.Credits credits) {
            credits.grants().forEach(grant -> grant(grant, credits, at));
        }
        ruling = next;
    }

    /** The holder may use the rest of its lease until it has read of the end. */
    private void end(LineMessage.Lease lease, long at) {
        Told holder = instances.get(lease.instance());
        if (holder != null) {
            int rest = lease.size() - holder.occupied();
            hold(lease.instance(), holder, new Pending(at, Math.max(0, rest), null));
        }
    }

    private void hold(InstanceId instance, Told told, Pending pending) {
        told.pending.add(pending);
        if (instance.equals(self)) {
            read = pending.offset;
        }
    }

    private void grant(LineMessage.Grant grant, LineMessage.Credits credits, long at) {
        Told told = instances.get(grant.instance());
        if (told == null) {
            return;
        }
        if (!credits.owner().equals(self)) {
            candidates().stream()
                    .filter(it ->
                            it.instance.equals(grant.instance())
                                    && it.want.lane() == grant.lane()
                                    && it.want.caller().equals(grant.caller()))
                    .forEach(it -> serve(it, grant.jobs()));
        }
        hold(grant.instance(), told, new Pending(at, grant.jobs(), grant));
    }

    private void serve(Candidate candidate, int jobs) {
        for (int served = 0; served < jobs && candidate.hasNext(); served++) {
            shares.serve(candidate.origin());
            candidate.next++;
        }
    }

    /** Forgets the instances that are gone. */
    void retain(Predicate<InstanceId> live) {
        instances
                .entrySet()
                .removeIf(told -> {
                    boolean gone = !live.test(told.getKey());
                    if (gone) {
                        leave(told.getValue().demand);
                    }
                    return gone;
                });
    }

    /** The newest ruling; null if there is none. */
    LineMessage.@Nullable Ruling ruling() {
        return ruling;
    }

    /** The offset of the newest ruling that concerned this instance; -1 if none did. */
    long read() {
        return read;
    }

    /** In how many instances jobs wait that could go. */
    int demanding() {
        return (int) instances.values().stream().filter(SharedLine::demands).count();
    }

    /** Whether jobs wait in another instance than this one. */
    boolean isWantedElsewhere() {
        return instances.entrySet().stream()
                .anyMatch(told -> !told.getKey().equals(self) && demands(told.getValue()));
    }

    /** Jobs that only other instances know. */
    long heldElsewhere() {
        return others().mapToLong(LineMessage.Demand::held).sum();
    }

    /** The work of those. */
    long heldWorkElsewhere() {
        return others().mapToLong(LineMessage.Demand::heldWork).sum();
    }

    private Stream<LineMessage.Demand> others() {
        return instances.values().stream()
                .map(told -> told.demand)
                .filter(demand -> !demand.instance().equals(self));
    }

    /** What the owner says now, if this instance is the owner. The granted jobs count as served. */
    LineMessage.Ruling rule(int size) {
        return switch (demanding()) {
            case 0 -> new LineMessage.Open(self, model);
            case 1 -> lease(size);
            default -> credits(size - occupied(_ -> true));
        };
    }

    private LineMessage.Lease lease(int size) {
        InstanceId only =
                instances.entrySet().stream()
                        .filter(told -> demands(told.getValue()))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseThrow();
        int others = occupied(instance -> !instance.equals(only));
        return new LineMessage.Lease(self, model, only, Math.max(1, size - others));
    }

    private LineMessage.Credits credits(int free) {
        List<Candidate> candidates = candidates();
        var granted = new LinkedHashMap<Candidate, Integer>();
        for (int given = 0; given < free; given++) {
            SortedSet<Lane> waiting =
                    candidates.stream()
                            .filter(Candidate::hasNext)
                            .map(it -> it.want.lane())
                            .collect(Collectors.toCollection(TreeSet::new));
            if (waiting.isEmpty()) {
                break;
            }
            Lane lane = turns.next(waiting);
            Candidate next =
                    candidates.stream()
                            .filter(it -> it.want.lane() == lane && it.hasNext())
                            .min(order())
                            .orElseThrow();
            turns.serve(lane, next.origin().work(), waiting);
            serve(next, 1);
            granted.merge(next, 1, Integer::sum);
        }
        return new LineMessage.Credits(
                self,
                model,
                granted.entrySet().stream().map(it -> grant(it.getKey(), it.getValue())).toList());
    }

    private Comparator<Candidate> order() {
        return Comparator.<Candidate>comparingDouble(it -> shares.end(it.origin()))
                .thenComparing(it -> it.head().since());
    }

    private static LineMessage.Grant grant(Candidate candidate, int jobs) {
        return new LineMessage.Grant(
                candidate.instance, candidate.want.lane(), candidate.want.caller(), jobs);
    }

    private List<Candidate> candidates() {
        var all = new ArrayList<Candidate>();
        instances.forEach((instance, told) ->
                told.demand
                        .wants()
                        .forEach(want -> all.add(new Candidate(instance, want, told.gone(want)))));
        return all;
    }

    private int occupied(Predicate<InstanceId> which) {
        return instances.entrySet().stream()
                .filter(told -> which.test(told.getKey()))
                .mapToInt(told -> occupied(told.getKey(), told.getValue()))
                .sum();
    }

    /** The holder of a lease may have used all of it. */
    private int occupied(InstanceId instance, Told told) {
        return ruling instanceof LineMessage.Lease lease && lease.instance().equals(instance)
                ? Math.max(lease.size(), told.occupied())
                : told.occupied();
    }

    private void leave(LineMessage.Demand demand) {
        demand.wants().forEach(want -> shares.leaves(anyOf(want)));
    }

    private static boolean demands(Told told) {
        return !told.demand.wants().isEmpty();
    }

    private static Job.Origin anyOf(LineMessage.Want want) {
        return new Job.Origin(want.caller(), want.weight(), want.first().getFirst().work());
    }
}
