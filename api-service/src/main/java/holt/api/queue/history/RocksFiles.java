package holt.api.queue.history;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.IndexType;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBufferManager;

/** An open database: jobs by id, the keys of the lists, and all that is small. Its memory outside of the heap is bounded. */
final class RocksFiles implements AutoCloseable {
    private static final long CACHE = 64L << 20;
    private static final long WRITE_BUFFERS = 64L << 20;
    private static final long ONE_WRITE_BUFFER = 16L << 20;

    /** What a start must read again after a crash. */
    private static final long LOG = 64L << 20;

    private static final int BLOCK = 8 << 10;
    private static final int BLOOM_BITS = 10;
    private static final int FILES = 500;

    private final Deque<AutoCloseable> resources = new ArrayDeque<>();
    final RocksDB db;
    final ColumnFamilyHandle small;
    final ColumnFamilyHandle jobs;
    final ColumnFamilyHandle lists;

    static {
        RocksDB.loadLibrary();
    }

    RocksFiles(Path directory) throws RocksDBException {
        try {
            Cache cache = keep(new LRUCache(CACHE));
            ColumnFamilyOptions plain = family(cache);
            ColumnFamilyOptions sought = family(cache);
            sought.setTableFormatConfig(
                    table(cache)
                            .setFilterPolicy(keep(new BloomFilter(BLOOM_BITS, false)))
                            .setPartitionFilters(true)
                            .setIndexType(IndexType.kTwoLevelIndexSearch));
            DBOptions options =
                    keep(new DBOptions())
                            .setCreateIfMissing(true)
                            .setCreateMissingColumnFamilies(true)
                            .setMaxOpenFiles(FILES)
                            .setMaxTotalWalSize(LOG)
                            .setKeepLogFileNum(2)
                            .setStatsDumpPeriodSec(0)
                            .setWriteBufferManager(
                                    keep(
                                            new WriteBufferManager(
                                                    WRITE_BUFFERS, keep(new LRUCache(1 << 20)))));
            var families = new ArrayList<ColumnFamilyHandle>();
            db =
                    keep(
                            RocksDB.open(
                                    options,
                                    directory.toString(),
                                    List.of(
                                            new ColumnFamilyDescriptor(
                                                    RocksDB.DEFAULT_COLUMN_FAMILY, plain),
                                            new ColumnFamilyDescriptor(name("jobs"), sought),
                                            new ColumnFamilyDescriptor(name("lists"), plain)),
                                    families));
            families.forEach(this::keep);
            small = families.get(0);
            jobs = families.get(1);
            lists = families.get(2);
        } catch (RocksDBException e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        while (!resources.isEmpty()) {
            try {
                resources.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private ColumnFamilyOptions family(Cache cache) {
        return keep(new ColumnFamilyOptions())
                .setTableFormatConfig(table(cache))
                .setWriteBufferSize(ONE_WRITE_BUFFER)
                .setLevelCompactionDynamicLevelBytes(true)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION);
    }

    private static BlockBasedTableConfig table(Cache cache) {
        return new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setCacheIndexAndFilterBlocks(true)
                .setPinL0FilterAndIndexBlocksInCache(true)
                .setBlockSize(BLOCK)
                .setFormatVersion(5);
    }

    private <T extends AutoCloseable> T keep(T resource) {
        resources.push(resource);
        return resource;
    }

    private static byte[] name(String family) {
        return family.getBytes(StandardCharsets.UTF_8);
    }
}
