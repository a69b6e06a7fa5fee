/**
 * What callers used, by the hour: folded from the log on each instance ({@link holt.api.queue.usage.CountUsage}), and kept for longer in
 * {@code holt.usage}, which the owner writes ({@link holt.api.queue.usage.WriteUsage}).
 */
@NullMarked
package holt.api.queue.usage;

import org.jspecify.annotations.NullMarked;
