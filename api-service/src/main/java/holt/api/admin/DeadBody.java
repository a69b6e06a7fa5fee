package holt.api.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import holt.api.queue.dead.DeadHead;
import holt.protocol.DeadLetter;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobId;
import holt.protocol.ModelName;
import holt.protocol.Task;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Dead letters in JSON. Times are in seconds since 1970. */
final class DeadBody {
    private DeadBody() {}

    /**
     * Open letters.
     *
     * @param groups of all letters that pass, also of those that {@code data} leaves out
     * @param data the newest first
     */
    record Letters(String object, int total, List<Group> groups, List<Row> data) {
        static Letters of(List<DeadHead> open, int most) {
            return new Letters(
                    "list",
                    open.size(),
                    Group.of(open),
                    open.reversed().stream().limit(most).map(Row::of).toList());
        }
    }

    /** The letters with one reason. */
    record Group(String reason, int count, long oldest, long newest) {
        private static List<Group> of(List<DeadHead> open) {
            var groups = new TreeMap<String, Group>();
            for (DeadHead letter : open) {
                long at = letter.at().getEpochSecond();
                groups.merge(
                        letter.reason().label(),
                        new Group(letter.reason().label(), 1, at, at),
                        (all, one) ->
                                new Group(
                                        all.reason,
                                        all.count + 1,
                                        Math.min(all.oldest, at),
                                        Math.max(all.newest, at)));
            }
            return groups.values().stream()
                    .sorted(Comparator.comparing(Group::count).reversed())
                    .toList();
        }
    }

    /** @param replays how often the request has been replayed */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Row(
            String object,
            long number,
            @Nullable String job,
            @Nullable String model,
            @Nullable String caller,
            String reason,
            String message,
            int run,
            int replays,
            long at) {
        private static Row of(DeadHead letter) {
            JobId job = letter.job();
            ModelName model = letter.model();
            return new Row(
                    "dead_letter",
                    letter.number(),
                    job == null ? null : job.value(),
                    model == null ? null : model.value(),
                    letter.caller(),
                    letter.reason().label(),
                    letter.message(),
                    letter.run(),
                    letter.replays(),
                    letter.at().getEpochSecond());
        }
    }

    /** An earlier run. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Run(@Nullable String worker, long at, @Nullable String reason) {
        private static Run of(Job.EarlierRun run) {
            Failure reason = run.reason();
            return new Run(
                    run.worker() == null ? null : run.worker().value(),
                    run.at().getEpochSecond(),
                    reason == null ? null : reason.label());
        }
    }

    /**
     * One letter.
     *
     * @param redacted whether the operator may not see the request
     * @param request null if it is redacted or gone
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record One(
            String object,
            long number,
            @Nullable String job,
            @Nullable String model,
            @Nullable String lane,
            @Nullable String caller,
            @Nullable String replayOf,
            String reason,
            String message,
            int run,
            @Nullable String worker,
            @Nullable Long created,
            long at,
            List<Run> earlierRuns,
            String stackTrace,
            boolean redacted,
            @Nullable Task request) {
        static One of(long number, DeadLetter letter, boolean redacted, @Nullable Task request) {
            Job job = letter.job();
            Instant created = job == null ? null : job.created();
            return new One(
                    "dead_letter",
                    number,
                    job == null ? null : job.id().value(),
                    job == null ? null : job.model().value(),
                    job == null ? null : job.lane().label(),
                    job == null ? null : job.caller(),
                    job == null || job.replayOf() == null ? null : job.replayOf().value(),
                    letter.reason().label(),
                    letter.message(),
                    letter.run(),
                    letter.worker() == null ? null : letter.worker().value(),
                    created == null ? null : created.getEpochSecond(),
                    letter.at().getEpochSecond(),
                    job == null ? List.of() : job.earlierRuns().stream().map(Run::of).toList(),
                    letter.stackTrace(),
                    redacted,
                    request);
        }
    }
}
