package holt.system.rig.topics;

import static holt.kafka.TestTopics.TOPICS;

import holt.kafka.KafkaClients;
import holt.kafka.Topics;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/** All events on {@code holt.events}, by job. */
public final class JobEvents {
    private final Map<JobId, List<Logged>> jobs;

    /** @param at the broker's time */
    private record Logged(JobEvent event, Instant at) {
        JobId job() {
            return event.job();
        }
    }

    private JobEvents(Map<JobId, List<Logged>> jobs) {
        this.jobs = jobs;
    }

    /** Reads the topic to its current end. */
    public static JobEvents read(KafkaClients clients) {
        return new JobEvents(
                ReadTopic.messages(
                                clients,
                                TOPICS.events(),
                                JobEvent.class,
                                (event, record) ->
                                        new Logged(event, Instant.ofEpochMilli(record.timestamp())))
                        .stream()
                        .collect(
                                Collectors.groupingBy(
                                        Logged::job, LinkedHashMap::new, Collectors.toList())));
    }

    /** Deletes all that the topic has now. */
    public static void deleteAll(KafkaClients clients)
            throws ExecutionException, InterruptedException {
        try (Admin admin = clients.admin()) {
            var all =
                    IntStream.range(0, Topics.EVENT_PARTITIONS)
                            .mapToObj(i -> new TopicPartition(TOPICS.events(), i))
                            .collect(
                                    Collectors.toMap(
                                            partition -> partition,
                                            _ -> RecordsToDelete.beforeOffset(-1)));
            admin.deleteRecords(all).all().get();
        }
    }

    public Set<JobId> jobs() {
        return jobs.keySet();
    }

    public int accepted() {
        return (int) jobs.keySet().stream().filter(this::accepted).count();
    }

    public boolean accepted(JobId job) {
        return of(job, JobEvent.Accepted.class).findAny().isPresent();
    }

    /** Jobs without a {@code Finished}. */
    public List<JobId> unfinished() {
        return jobs.keySet().stream().filter(job -> !finished(job)).toList();
    }

    /** The number of a job's {@code Started}. */
    public int runs(JobId job) {
        return (int) of(job, JobEvent.Started.class).count();
    }

    public int runs() {
        return jobs.keySet().stream().mapToInt(this::runs).sum();
    }

    /** The number of jobs with more than one {@code Started}. */
    public int startedTwice() {
        return (int) jobs.keySet().stream().filter(job -> runs(job) > 1).count();
    }

    /** The jobs with two {@code Started} of the same run. */
    public List<JobId> withRepeatedRun() {
        return jobs.keySet().stream()
                .filter(job ->
                        of(job, JobEvent.Started.class)
                                        .map(it -> ((JobEvent.Started) it.event).run())
                                        .distinct()
                                        .count()
                                < runs(job))
                .toList();
    }

    /** The jobs with a {@code Started} that long after their first {@code Finished}. */
    public List<JobId> startedAfterEnd(Duration later) {
        return jobs.keySet().stream()
                .filter(job ->
                        of(job, JobEvent.Finished.class)
                                .findFirst()
                                .map(end -> end.at.plus(later))
                                .filter(end ->
                                        of(job, JobEvent.Started.class)
                                                .anyMatch(start -> start.at.isAfter(end)))
                                .isPresent())
                .toList();
    }

    /** The outcome of the job's first {@code Finished}. */
    public Outcome outcome(JobId job) {
        return outcomes(job)
                .findFirst()
                .orElseThrow(() -> new AssertionError("job " + job + " has no outcome"));
    }

    /** The jobs with a {@code Finished}. */
    public List<JobId> finished() {
        return jobs.keySet().stream().filter(this::finished).toList();
    }

    public boolean finished(JobId job) {
        return of(job, JobEvent.Finished.class).findAny().isPresent();
    }

    /** The number of {@code Finished} after each job's first. */
    public int laterOutcomes() {
        return jobs.keySet().stream()
                .mapToInt(job -> Math.max(0, (int) outcomes(job).count() - 1))
                .sum();
    }

    private Stream<Outcome> outcomes(JobId job) {
        return of(job, JobEvent.Finished.class).map(it -> ((JobEvent.Finished) it.event).outcome());
    }

    private Stream<Logged> of(JobId job, Class<? extends JobEvent> kind) {
        return jobs.getOrDefault(job, List.of()).stream().filter(it -> kind.isInstance(it.event));
    }
}
