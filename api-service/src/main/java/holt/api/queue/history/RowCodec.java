package holt.api.queue.history;

import holt.api.queue.index.JobHead;
import holt.api.queue.index.JobStatus;
import holt.api.queue.index.StoredJob;
import holt.protocol.Failure;
import holt.protocol.JobId;
import holt.protocol.ModelName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** A row of the database: a job's head and then its body. The key has the id. */
final class RowCodec {
    private static final long LIVE = Long.MAX_VALUE;

    private RowCodec() {}

    static byte[] encode(StoredJob job) {
        JobHead head = job.head();
        var bytes = new ByteArrayOutputStream(64 + job.body().length);
        try (var out = new DataOutputStream(bytes)) {
            out.writeLong(head.created().toEpochMilli());
            out.writeLong(head.forget() == null ? LIVE : head.forget().toEpochMilli());
            out.writeUTF(head.model().value());
            out.writeUTF(head.caller() == null ? "" : head.caller());
            out.writeUTF(head.status().name());
            out.writeUTF(head.reason() == null ? "" : head.reason().name());
            out.write(job.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static StoredJob decode(JobId id, byte[] row) {
        try (var in = new DataInputStream(new ByteArrayInputStream(row))) {
            Instant created = Instant.ofEpochMilli(in.readLong());
            long forget = in.readLong();
            var model = new ModelName(in.readUTF());
            String caller = in.readUTF();
            JobStatus status = JobStatus.valueOf(in.readUTF());
            String reason = in.readUTF();
            var head =
                    new JobHead(
                            id,
                            created,
                            model,
                            caller.isEmpty() ? null : caller,
                            status,
                            reason.isEmpty() ? null : Failure.valueOf(reason),
                            forget == LIVE ? null : Instant.ofEpochMilli(forget));
            return new StoredJob(head, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
