package holt.api.queue.history;

import holt.api.queue.index.JobFilter;
import holt.api.queue.index.JobHead;
import holt.api.queue.index.JobPage;
import holt.api.queue.index.ListPlace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;

/** Lists jobs: the places that all lists of a filter have in common, and the jobs there. */
final class ListJobs {
    /** Takes about 50 ms. If two lists have little in common, a page may end here. */
    static final int MOST_ENTRIES = 50_000;

    private final RocksFiles files;

    ListJobs(RocksFiles files) {
        this.files = files;
    }

    JobPage page(JobFilter filter, @Nullable ListPlace after, int most) throws RocksDBException {
        List<byte[]> names = ListKeys.of(filter);
        Snapshot snapshot = files.db.getSnapshot();
        try (var options = new ReadOptions().setSnapshot(snapshot)) {
            List<RocksIterator> entries =
                    names.stream().map(_ -> files.db.newIterator(files.lists, options)).toList();
            try {
                var merge = new MergeLists(names, entries, ListKeys.start(after, filter.until()));
                JobPage page = page(merge, filter.from(), most, options);
                for (RocksIterator entry : entries) {
                    entry.status();
                }
                return page;
            } finally {
                entries.forEach(RocksIterator::close);
            }
        } finally {
            files.db.releaseSnapshot(snapshot);
        }
    }

    private JobPage page(MergeLists merge, @Nullable Instant from, int most, ReadOptions options)
            throws RocksDBException {
        var jobs = new ArrayList<JobHead>();
        byte[] last = null;
        for (byte[] place = merge.furthest(); place != null; place = merge.furthest()) {
            if (from != null && ListKeys.readPlace(place).created().isBefore(from)) {
                return new JobPage(jobs, null);
            }
            if (last != null && (jobs.size() == most || merge.entries() > MOST_ENTRIES)) {
                return new JobPage(jobs, ListKeys.readPlace(last));
            }
            if (merge.allHave(place)) {
                JobHead job = read(place, options);
                if (job != null) {
                    jobs.add(job);
                }
                merge.next();
            }
            last = place;
        }
        return new JobPage(jobs, null);
    }

    private @Nullable JobHead read(byte[] place, ReadOptions options) throws RocksDBException {
        byte[] id = Arrays.copyOfRange(place, Long.BYTES, place.length);
        byte[] row = files.db.get(files.jobs, options, id);
        return row == null ? null : RowCodec.decode(IdBytes.read(id, 0), row).head();
    }
}
