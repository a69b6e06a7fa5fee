/**
 * The text engine: many chats at once on one model.
 *
 * <p>One platform thread owns everything that changes; others talk to it through its inbox. Its step is: the {@code
 * Scheduler} chooses (no tensors), the decoder computes (no policy), the results become text and events. Random numbers
 * belong to the sequence, so an answer does not depend on who else is being answered. Several answers to one request are sequences of
 * their own, which share the reading of the prompt.
 */
@NullMarked
package holt.engine.text;

import org.jspecify.annotations.NullMarked;
