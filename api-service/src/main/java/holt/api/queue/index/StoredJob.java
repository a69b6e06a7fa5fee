package holt.api.queue.index;

/**
 * One job as a {@link JobStore} keeps it.
 *
 * @param body the rest of the job. Only {@link JobCodec} knows its form
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares stored jobs.
public record StoredJob(JobHead head, byte[] body) {}
