/**
 * Scheduling: which sequences run in the next step, in which slots of the key/value cache.
 *
 * <p>Touches no tensors; a test holds that. Easy to get wrong: the last prompt token runs in a decode step, because the
 * first generated token follows it. Knows no text and no sampling.
 */
@NullMarked
package holt.engine.text.scheduling;

import org.jspecify.annotations.NullMarked;
