package holt.api.queue.index;

import holt.protocol.Failure;
import holt.protocol.JobId;
import holt.protocol.ModelName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link JobStore} lists and forgets a job by.
 *
 * @param caller whose job it is; null if the job names none
 * @param reason why the job failed; null unless it did
 * @param forget from when on the store may drop the job; null while the job has not ended
 */
public record JobHead(
        JobId id,
        Instant created,
        ModelName model,
        @Nullable String caller,
        JobStatus status,
        @Nullable Failure reason,
        @Nullable Instant forget) {

    ListPlace place() {
        return new ListPlace(created, id);
    }
}
