/**
 * Topics, their settings, and the clients that write and follow them.
 *
 * <p>Easy to get wrong: a share group must start at {@code earliest} before its first job or it skips what was there; group settings are
 * <em>group</em> configuration, not consumer configuration; every topic of Holt carries the broker's time ({@code LogAppendTime}), which is
 * the one clock that deadlines are read on ({@link holt.kafka.BrokerClock}).
 *
 * <p>Does not know what a job means, nor HTTP, nor the engine.
 */
@NullMarked
package holt.kafka;

import org.jspecify.annotations.NullMarked;
