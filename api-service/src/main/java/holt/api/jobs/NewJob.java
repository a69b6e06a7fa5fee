package holt.api.jobs;

import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.Task;
import java.time.Duration;

/**
 * A request past the door: valid and complete.
 *
 * @param timeout after which the client is told that the deadline has passed
 */
public record NewJob(KnownModel model, Lane lane, Task task, Duration timeout) {}
