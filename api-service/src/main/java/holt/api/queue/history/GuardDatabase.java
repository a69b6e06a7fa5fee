package holt.api.queue.history;

import holt.api.queue.index.StoreBrokenError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * Stands before a database. Nothing asks it once it is closed, which would crash the process. If it turns out to be damaged, nobody asks it
 * again, and a mark beside it makes the next start fold the log anew.
 */
final class GuardDatabase {
    private final Path mark;
    private final ReadWriteLock open = new ReentrantReadWriteLock();
    private boolean closed;

    /** Once it is known to be damaged, nobody goes on with it: whoever asks next ends as well. */
    private volatile @Nullable StoreBrokenError damage;

    /** May fail as the database does. */
    interface Question<T> {
        T answer() throws RocksDBException;
    }

    /** May fail as the database does. */
    interface Act {
        void run() throws RocksDBException;
    }

    /** @param mark the file that marks a damaged database */
    GuardDatabase(Path mark) {
        this.mark = mark;
    }

    <T extends @Nullable Object> T ask(Question<T> question) {
        open.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the history of jobs is closed");
            }
            if (damage != null) {
                throw damage;
            }
            return question.answer();
        } catch (RocksDBException e) {
            throw broken(e);
        } finally {
            open.readLock().unlock();
        }
    }

    /** Waits for all questions. Does nothing the second time. */
    void close(Act close) {
        open.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                close.run();
            }
        } catch (RocksDBException e) {
            throw broken(e);
        } finally {
            open.writeLock().unlock();
        }
    }

    private StoreBrokenError broken(RocksDBException e) {
        Status status = e.getStatus();
        if (status == null || status.getCode() != Status.Code.Corruption) {
            return new StoreBrokenError("the history of jobs cannot be read or written", e);
        }
        try {
            Files.write(mark, new byte[0]);
        } catch (IOException unmarked) {
            e.addSuppressed(unmarked);
        }
        var found =
                new StoreBrokenError(
                        "the history of jobs is damaged; the next start reads the log anew", e);
        damage = found;
        return found;
    }
}
