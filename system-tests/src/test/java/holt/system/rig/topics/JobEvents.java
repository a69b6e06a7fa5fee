package holt.system.rig.topics;

import static holt.kafka.TestTopics.TOPICS;

import holt.kafka.KafkaClients;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All events on {@code holt.events}, by job. */
public final class JobEvents {
    private final Map<JobId, List<JobEvent>> jobs;

    private JobEvents(Map<JobId, List<JobEvent>> jobs) {
        this.jobs = jobs;
    }

    /** Reads the topic to its current end. */
    public static JobEvents read(KafkaClients clients) {
        return new JobEvents(
                ReadTopic.messages(clients, TOPICS.events(), JobEvent.class).stream()
                        .collect(
                                Collectors.groupingBy(
                                        JobEvent::job, LinkedHashMap::new, Collectors.toList())));
    }

    public Set<JobId> jobs() {
        return jobs.keySet();
    }

    public int accepted() {
        return (int)
                jobs.values().stream()
                        .filter(events -> has(events, JobEvent.Accepted.class))
                        .count();
    }

    public boolean accepted(JobId job) {
        return has(jobs.getOrDefault(job, List.of()), JobEvent.Accepted.class);
    }

    /** Jobs without a {@code Finished}. */
    public List<JobId> unfinished() {
        return jobs.entrySet().stream()
                .filter(job -> !has(job.getValue(), JobEvent.Finished.class))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The number of a job's {@code Started}. */
    public int runs(JobId job) {
        return (int)
                jobs.getOrDefault(job, List.of()).stream()
                        .filter(JobEvent.Started.class::isInstance)
                        .count();
    }

    public int runs() {
        return jobs.keySet().stream().mapToInt(this::runs).sum();
    }

    /** The number of jobs with more than one {@code Started}. */
    public int startedTwice() {
        return (int) jobs.keySet().stream().filter(job -> runs(job) > 1).count();
    }

    /** The outcome of the job's first {@code Finished}. */
    public Outcome outcome(JobId job) {
        return outcomes(jobs.getOrDefault(job, List.of()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("job " + job + " has no outcome"));
    }

    public boolean finished(JobId job) {
        return has(jobs.getOrDefault(job, List.of()), JobEvent.Finished.class);
    }

    /** The number of {@code Finished} after each job's first. */
    public int laterOutcomes() {
        return jobs.values().stream()
                .mapToInt(events -> Math.max(0, (int) outcomes(events).count() - 1))
                .sum();
    }

    private static Stream<Outcome> outcomes(List<JobEvent> events) {
        return events.stream()
                .filter(JobEvent.Finished.class::isInstance)
                .map(event -> ((JobEvent.Finished) event).outcome());
    }

    private static boolean has(List<JobEvent> events, Class<? extends JobEvent> kind) {
        return events.stream().anyMatch(kind::isInstance);
    }
}
