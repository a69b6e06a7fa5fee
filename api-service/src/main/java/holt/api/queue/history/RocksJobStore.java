package holt.api.queue.history;

import holt.api.queue.index.JobBatch;
import holt.api.queue.index.JobFilter;
import holt.api.queue.index.JobHead;
import holt.api.queue.index.JobPage;
import holt.api.queue.index.JobStore;
import holt.api.queue.index.ListPlace;
import holt.api.queue.index.StoredJob;
import holt.protocol.JobId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** The jobs in a RocksDB database. A batch is one write of its log, so a killed process loses none and doubles none. */
public final class RocksJobStore implements JobStore {
    private static final byte[] PRESENT = {};
    private static final int LEAST_FORGOTTEN = 1_000;

    private final HistorySlot slot;
    private final String identity;
    private final RocksFiles files;
    private final GuardDatabase guard;
    private final ListJobs list;

    /** Before this key, all jobs have been forgotten. Their deleted keys would slow each look. */
    private byte[] forgotten = SmallKeys.FORGET.key(new byte[0]);

    /**
     * @param slot whose database it opens. It gives the slot back when it is closed
     * @param identity of the database
     */
    RocksJobStore(HistorySlot slot, String identity) throws RocksDBException {
        this.slot = slot;
        this.identity = identity;
        guard = new GuardDatabase(slot.damaged());
        files = new RocksFiles(slot.database());
        list = new ListJobs(files);
    }

    @Override
    public Map<Integer, Long> offsets() {
        var offsets = new HashMap<Integer, Long>();
        scan(
                SmallKeys.OFFSET,
                (partition, offset) ->
                        offsets.put(
                                ByteBuffer.wrap(partition).getInt(),
                                ByteBuffer.wrap(offset).getLong()));
        return offsets;
    }

    @Override
    public Map<String, byte[]> notes() {
        var notes = new HashMap<String, byte[]>();
        scan(
                SmallKeys.NOTE,
                (name, note) -> notes.put(new String(name, StandardCharsets.UTF_8), note));
        return notes;
    }

    @Override
    public @Nullable StoredJob get(JobId id) {
        byte[] row = guard.ask(() -> files.db.get(files.jobs, IdBytes.of(id)));
        return row == null ? null : RowCodec.decode(id, row);
    }

    @Override
    public void live(Consumer<StoredJob> reader) {
        scan(
                SmallKeys.LIVE,
                (id, _) -> {
                    StoredJob job = get(IdBytes.read(id, 0));
                    if (job != null) {
                        reader.accept(job);
                    }
                });
    }

    @Override
    public JobPage list(JobFilter filter, @Nullable ListPlace after, int most) {
        return guard.ask(() -> list.page(filter, after, most));
    }

    @Override
    public void commit(JobBatch batch) {
        guard.ask(() -> {
            try (var write = new WriteBatch();
                    var options = new WriteOptions()) {
                // First, since a job may come anew under the id of one that is forgotten.
                forget(batch, write);
                for (JobBatch.Put put : batch.jobs()) {
                    put(put, write);
                }
                for (Map.Entry<Integer, Long> offset : batch.offsets().entrySet()) {
                    write.put(
                            files.small,
                            SmallKeys.OFFSET.key(number(offset.getKey())),
                            ByteBuffer.allocate(Long.BYTES).putLong(offset.getValue()).array());
                }
                for (Map.Entry<String, byte[]> note : batch.notes().entrySet()) {
                    byte[] name =
                            SmallKeys.NOTE.key(note.getKey().getBytes(StandardCharsets.UTF_8));
                    if (note.getValue().length == 0) {
                        write.delete(files.small, name);
                    } else {
                        write.put(files.small, name, note.getValue());
                    }
                }
                files.db.write(options, write);
            }
            return true;
        });
    }

    /** Of which log and in which form the database is. */
    String identity() {
        return identity;
    }

    /** A folder with the files of the present state, linked and not copied. Delete it afterwards. */
    Path checkpoint() {
        deleteCheckpoint();
        return guard.ask(() -> {
            try (Checkpoint checkpoint = Checkpoint.create(files.db)) {
                checkpoint.createCheckpoint(slot.checkpoint().toString());
            }
            return slot.checkpoint();
        });
    }

    void deleteCheckpoint() {
        HistorySlot.delete(slot.checkpoint());
    }

    @Override
    public void close() {
        closeDatabase();
        slot.close();
    }

    /** After this, the next start need not read the database's log. */
    void closeDatabase() {
        guard.close(() -> {
            try (var flush = new FlushOptions().setWaitForFlush(true)) {
                files.db.flush(flush, Arrays.asList(files.small, files.jobs, files.lists));
            }
            files.close();
        });
    }

    private void put(JobBatch.Put put, WriteBatch write) throws RocksDBException {
        JobHead now = put.job().head();
        JobHead before = put.replaced();
        if (before != null) {
            deleteKeys(before, write);
        }
        byte[] id = IdBytes.of(now.id());
        write.put(files.jobs, id, RowCodec.encode(put.job()));
        write.put(files.small, small(now), PRESENT);
        for (byte[] key : ListKeys.of(now)) {
            write.put(files.lists, key, PRESENT);
        }
    }

    private void forget(JobBatch batch, WriteBatch write) throws RocksDBException {
        byte[] end = SmallKeys.FORGET.key(time(batch.forgetBefore().toEpochMilli()));
        int most = Math.max(LEAST_FORGOTTEN, 2 * batch.jobs().size());
        try (RocksIterator due = files.db.newIterator(files.small)) {
            int count = 0;
            for (due.seek(forgotten);
                    due.isValid() && count < most && Arrays.compareUnsigned(due.key(), end) < 0;
                    due.next()) {
                forgotten = due.key();
                byte[] id = Arrays.copyOfRange(forgotten, 1 + Long.BYTES, forgotten.length);
                byte[] row = files.db.get(files.jobs, id);
                if (row != null) {
                    deleteKeys(RowCodec.decode(IdBytes.read(id, 0), row).head(), write);
                    write.delete(files.jobs, id);
                }
                count++;
            }
            due.status();
        }
    }

    private void deleteKeys(JobHead job, WriteBatch write) throws RocksDBException {
        write.delete(files.small, small(job));
        for (byte[] key : ListKeys.of(job)) {
            write.delete(files.lists, key);
        }
    }

    private static byte[] small(JobHead job) {
        byte[] id = IdBytes.of(job.id());
        return job.forget() == null
                ? SmallKeys.LIVE.key(id)
                : SmallKeys.FORGET.key(ListKeys.join(time(job.forget().toEpochMilli()), id));
    }

    private void scan(SmallKeys kind, BiConsumer<byte[], byte[]> reader) {
        guard.ask(() -> {
            try (RocksIterator entry = files.db.newIterator(files.small)) {
                for (entry.seek(kind.key(new byte[0]));
                        entry.isValid() && kind.has(entry.key());
                        entry.next()) {
                    byte[] key = entry.key();
                    reader.accept(Arrays.copyOfRange(key, 1, key.length), entry.value());
                }
                entry.status();
            }
            return true;
        });
    }

    private static byte[] number(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    private static byte[] time(long millis) {
        return ByteBuffer.allocate(Long.BYTES).putLong(millis).array();
    }
}
