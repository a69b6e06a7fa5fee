package holt.api.queue.index;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How many jobs have passed through one queue, and how fast. Not thread-safe: the index guards it with its lock. */
final class QueueFlow {
    private final DrainRate rate;
    private long arrived;
    private long left;

    QueueFlow() {
        this(new DrainRate());
    }

    private QueueFlow(DrainRate rate) {
        this.rate = rate;
    }

    /** @return how many jobs have arrived, this one included */
    long arrive() {
        return ++arrived;
    }

    void leave(Instant at) {
        left++;
        rate.count(at);
    }

    long waiting() {
        return Math.max(0, arrived - left);
    }

    /** About how many jobs start until this one does, itself included. */
    long position(KnownJob job) {
        return Math.max(1, job.number - left);
    }

    /** Null if no job has left the queue lately. */
    @Nullable Long etaSeconds(long position, Instant now) {
        double perSecond = rate.perSecond(now);
        return perSecond == 0 ? null : (long) Math.ceil(position / perSecond);
    }

    /** Jobs a second. */
    double drainRate(Instant now) {
        return rate.perSecond(now);
    }

    /** For the store. */
    byte[] encode() {
        var bytes = new ByteArrayOutputStream(272);
        try (var out = new DataOutputStream(bytes)) {
            out.writeLong(arrived);
            out.writeLong(left);
            rate.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static QueueFlow decode(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            long arrived = in.readLong();
            long left = in.readLong();
            var flow = new QueueFlow(DrainRate.read(in));
            flow.arrived = arrived;
            flow.left = left;
            return flow;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
