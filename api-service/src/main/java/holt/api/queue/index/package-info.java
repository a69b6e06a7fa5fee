/**
 * Every job that {@code holt.events} tells of: its state, its runs, and where its outcome stands in the log. A pure fold: two instances that
 * have read as far hold the same.
 *
 * <p>Easy to get wrong: the first {@code Finished} in log order is the outcome; later ones change nothing.
 */
@NullMarked
package holt.api.queue.index;

import org.jspecify.annotations.NullMarked;
