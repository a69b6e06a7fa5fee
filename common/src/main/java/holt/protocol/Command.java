package holt.protocol;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;

/** A command to all workers, on {@code holt.commands}. A worker reads the topic to its end before its first claim. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Command {

    /**
     * A worker drops the job when it claims it, or stops it while it runs.
     *
     * @param deadline of the job. After it, workers forget the command
     */
    @JsonTypeName("cancel")
    record Cancel(JobId job, Instant deadline) implements Command {}

    /** The worker ends its running jobs and claims no more, until {@link Undrain}. It has another id after a restart, and then serves. */
    @JsonTypeName("drain")
    record Drain(WorkerId worker) implements Command {}

    /** The worker claims jobs again. */
    @JsonTypeName("undrain")
    record Undrain(WorkerId worker) implements Command {}
}
