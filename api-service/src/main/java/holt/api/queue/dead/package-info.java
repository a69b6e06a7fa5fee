/**
 * Dead letters: which are open, their replays, their end.
 *
 * <p>A letter is open until a mark follows it in {@code holt.dead}. So all instances agree, and nothing but the topic has to be kept.
 *
 * <p>Easy to get wrong: a replay publishes the job first and writes the mark then. The job's id follows from the letter, so that a second
 * replay of the letter is the same job.
 */
@NullMarked
package holt.api.queue.dead;

import org.jspecify.annotations.NullMarked;
