package holt.protocol;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;

/** An order to all workers on {@code holt.commands}; a worker reads the topic to its end before its first claim. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Command {

    /**
     * Drop the job at its claim, or stop it where it runs.
     *
     * @param deadline of the job, after which the order need not be remembered
     */
    @JsonTypeName("cancel")
    record Cancel(JobId job, Instant deadline) implements Command {}
}
