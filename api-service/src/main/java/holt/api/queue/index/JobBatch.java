package holt.api.queue.index;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link JobStore} writes at once: all of it or nothing.
 *
 * @param offsets of the next events to fold, by partition
 * @param notes small values by name; an empty one removes the note
 * @param forgetBefore the store may drop jobs whose time to be forgotten is earlier
 */
public record JobBatch(
        Map<Integer, Long> offsets,
        List<Put> jobs,
        Map<String, byte[]> notes,
        Instant forgetBefore) {

    /**
     * A job as it is now.
     *
     * @param replaced the head that the store has of the id; null if it has none
     */
    public record Put(StoredJob job, @Nullable JobHead replaced) {}
}
