/**
 * Work that one API instance does for all: it starts the runs of dead workers again, and ends the jobs that nobody else ends.
 *
 * <p>Easy to get wrong: an instance may believe that it is the owner when it no longer is. So what it writes must stay harmless if two
 * write it: the first {@code Started} of a run and the first {@code Finished} of a job count.
 *
 * <p>Does not know: clients and their connections.
 */
@NullMarked
package holt.api.queue.recovery;

import org.jspecify.annotations.NullMarked;
