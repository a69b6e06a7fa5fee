package holt.api.queue.history;

import holt.api.queue.index.JobFilter;
import holt.api.queue.index.JobHead;
import holt.api.queue.index.JobStatus;
import holt.api.queue.index.ListPlace;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the lists. A job is in one list for each field that it can be filtered by, and in one for caller and status together. A key is
 * the list's name and the job's place: its creation, the newest first, and its id.
 */
final class ListKeys {
    private static final int TIME = Long.BYTES;

    private enum Kind {
        ALL,
        CALLER,
        MODEL,
        STATUS,
        REASON,
        CALLER_AND_STATUS
    }

    private ListKeys() {}

    /** All keys of the job. */
    static List<byte[]> of(JobHead job) {
        var lists = new ArrayList<byte[]>();
        lists.add(list(Kind.ALL));
        lists.add(list(Kind.MODEL, job.model().value()));
        lists.add(list(Kind.STATUS, job.status().name()));
        if (job.caller() != null) {
            lists.add(list(Kind.CALLER, job.caller()));
            lists.add(list(Kind.CALLER_AND_STATUS, job.caller(), job.status().name()));
        }
        if (job.reason() != null) {
            lists.add(list(Kind.REASON, job.reason().name()));
        }
        byte[] place = place(new ListPlace(job.created(), job.id()));
        return lists.stream().map(list -> join(list, place)).toList();
    }

    /** The lists whose common jobs pass the filter. */
    static List<byte[]> of(JobFilter filter) {
        var lists = new ArrayList<byte[]>();
        String caller = filter.caller();
        JobStatus status = filter.status();
        if (caller != null && status != null) {
            lists.add(list(Kind.CALLER_AND_STATUS, caller, status.name()));
        } else if (caller != null) {
            lists.add(list(Kind.CALLER, caller));
        } else if (status != null) {
            lists.add(list(Kind.STATUS, status.name()));
        }
        if (filter.model() != null) {
            lists.add(list(Kind.MODEL, filter.model().value()));
        }
        if (filter.reason() != null) {
            lists.add(list(Kind.REASON, filter.reason().name()));
        }
        return lists.isEmpty() ? List.of(list(Kind.ALL)) : lists;
    }

    static byte[] place(ListPlace place) {
        return join(time(place.created()), IdBytes.of(place.id()));
    }

    /** The place before that of every job of this time. */
    static byte[] time(Instant created) {
        return ByteBuffer.allocate(TIME).putLong(~created.toEpochMilli()).array();
    }

    /** The first place behind that one; null begins at the newest. */
    static byte[] start(@Nullable ListPlace after, @Nullable Instant until) {
        byte[] behind = after == null ? new byte[0] : join(place(after), new byte[1]);
        byte[] young = until == null ? new byte[0] : time(until.minusMillis(1));
        return Arrays.compareUnsigned(behind, young) > 0 ? behind : young;
    }

    static ListPlace readPlace(byte[] place) {
        return new ListPlace(
                Instant.ofEpochMilli(~ByteBuffer.wrap(place).getLong()), IdBytes.read(place, TIME));
    }

    static byte[] join(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }

    private static byte[] list(Kind kind, String... values) {
        var name = new ByteArrayOutputStream();
        name.write(kind.ordinal());
        for (String value : values) {
            name.writeBytes(value.getBytes(StandardCharsets.UTF_8));
            name.write(0);
        }
        return name.toByteArray();
    }
}
