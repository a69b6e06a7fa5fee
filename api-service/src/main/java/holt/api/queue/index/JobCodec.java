package holt.api.queue.index;

import holt.protocol.ClaimId;
import holt.protocol.Failure;
import holt.protocol.InstanceId;
import holt.protocol.JobEvent;
import holt.protocol.Lane;
import holt.protocol.WorkerId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes a job for the store and reads it back. Of an ended job it omits what only a running one needs. Whoever changes the form also
 * changes {@link #VERSION}: a store of another version is folded anew.
 */
public final class JobCodec {
    /** The version of this form. */
    public static final int VERSION = 2;

    private final Retention retention;

    JobCodec(Retention retention) {
        this.retention = retention;
    }

    StoredJob encode(KnownJob job) {
        var bytes = new ByteArrayOutputStream(128);
        try (var out = new DataOutputStream(bytes)) {
            write(job, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new StoredJob(head(job), bytes.toByteArray());
    }

    KnownJob decode(StoredJob stored) {
        try (var in = new DataInputStream(new ByteArrayInputStream(stored.body()))) {
            return read(stored.head(), in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JobHead head(KnownJob job) {
        return new JobHead(
                job.id,
                job.created,
                job.model,
                job.caller,
                job.status,
                job.reason,
                job.ended == null ? null : retention.forget(job.ended, job));
    }

    private static void write(KnownJob job, DataOutputStream out) throws IOException {
        out.writeUTF(job.lane.name());
        out.writeLong(job.number);
        out.writeLong(job.deadline.toEpochMilli());
        out.writeByte((job.accepted ? 1 : 0) | (job.leftQueue ? 2 : 0) | (job.neverRan ? 4 : 0));
        // Of ended jobs, the usage has been counted.
        out.writeUTF(job.key == null || job.ended != null ? "" : job.key);
        writeTime(job.ended, out);
        EventPlace outcome = job.outcome;
        out.writeByte(outcome == null ? 0 : 1);
        if (outcome != null) {
            out.writeInt(outcome.partition());
            out.writeLong(outcome.offset());
        }
        JobEvent.Claimed claim = job.claim;
        out.writeByte(claim == null ? 0 : 1);
        if (claim != null) {
            out.writeUTF(claim.instance().value());
            out.writeLong(claim.deadline().toEpochMilli());
            out.writeUTF(claim.request());
        }
        out.writeByte(job.runs.size());
        for (KnownJob.Run run : job.runs) {
            write(run, job.ended == null ? run.started() : null, out);
        }
    }

    private static void write(
            KnownJob.Run run, JobEvent.@Nullable Started started, DataOutputStream out)
            throws IOException {
        out.writeInt(run.attempt().run());
        out.writeUTF(run.attempt().worker().value());
        out.writeLong(run.attempt().started().toEpochMilli());
        Failure failure = run.attempt().failure();
        out.writeUTF(failure == null ? "" : failure.name());
        out.writeByte(started == null ? 0 : 1);
        if (started != null) {
            out.writeUTF(started.claim().value());
            out.writeInt(started.partition());
            out.writeLong(started.offset());
        }
    }

    private static KnownJob read(JobHead head, DataInputStream in) throws IOException {
        var job =
                new KnownJob(
                        head.id(),
                        head.model(),
                        Lane.valueOf(in.readUTF()),
                        in.readLong(),
                        head.created(),
                        Instant.ofEpochMilli(in.readLong()));
        job.status = head.status();
        job.reason = head.reason();
        job.caller = head.caller();
        job.stored = head;
        int flags = in.readByte();
        job.accepted = (flags & 1) != 0;
        job.leftQueue = (flags & 2) != 0;
        job.neverRan = (flags & 4) != 0;
        String key = in.readUTF();
        job.key = key.isEmpty() ? null : key;
        job.ended = readTime(in);
        if (in.readByte() == 1) {
            job.outcome = new EventPlace(in.readInt(), in.readLong());
        }
        if (in.readByte() == 1) {
            var instance = new InstanceId(in.readUTF());
            Instant deadline = Instant.ofEpochMilli(in.readLong());
            job.claim =
                    new JobEvent.Claimed(
                            job.id, job.model, job.lane, instance, deadline, in.readUTF());
        }
        for (int runs = in.readByte(); runs > 0; runs--) {
            job.runs.add(readRun(job, in));
        }
        return job;
    }

    private static KnownJob.Run readRun(KnownJob job, DataInputStream in) throws IOException {
        int run = in.readInt();
        var worker = new WorkerId(in.readUTF());
        Instant at = Instant.ofEpochMilli(in.readLong());
        String failure = in.readUTF();
        JobEvent.Started started = null;
        if (in.readByte() == 1) {
            started =
                    new JobEvent.Started(
                            job.id,
                            job.model,
                            job.lane,
                            new ClaimId(in.readUTF()),
                            worker,
                            run,
                            in.readInt(),
                            in.readLong());
        }
        return new KnownJob.Run(
                started,
                new JobState.Attempt(
                        run, worker, at, failure.isEmpty() ? null : Failure.valueOf(failure)));
    }

    private static void writeTime(@Nullable Instant time, DataOutputStream out) throws IOException {
        out.writeLong(time == null ? Long.MIN_VALUE : time.toEpochMilli());
    }

    private static @Nullable Instant readTime(DataInputStream in) throws IOException {
        long millis = in.readLong();
        return millis == Long.MIN_VALUE ? null : Instant.ofEpochMilli(millis);
    }
}
