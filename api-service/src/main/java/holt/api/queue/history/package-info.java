/**
 * Where the index of jobs lies on disk: a RocksDB database, its directory, and when it is made anew.
 *
 * <p>{@link holt.api.queue.history.OpenHistory} is the entry. {@code RowCodec} has the rows, {@code ListKeys} the keys of the lists.
 *
 * <p>Easy to get wrong: the database is a cache of {@code holt.events}. Offsets and jobs are written together, or a crash would lose or
 * double events.
 *
 * <p>Does not know: what events mean. {@code holt.api.queue.index} folds them.
 */
@NullMarked
package holt.api.queue.history;

import org.jspecify.annotations.NullMarked;
