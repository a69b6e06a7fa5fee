/**
 * Topics, their settings, and the clients that write and read them.
 *
 * <p>Easy to get wrong: a share group must start at {@code earliest} before its first job, or it skips earlier jobs. Group settings are
 * <em>group</em> configuration, not consumer configuration. Every topic carries the broker's time ({@code LogAppendTime}), and deadlines
 * are times on that one clock ({@link holt.kafka.BrokerClock}).
 *
 * <p>The package is large because {@link holt.kafka.EnsureTopics} and {@link holt.kafka.FollowTopic} have helpers here. In packages of
 * their own, the helpers would have to be public.
 *
 * <p>Does not know what a job means, and knows no HTTP and no engine.
 */
@NullMarked
package holt.kafka;

import org.jspecify.annotations.NullMarked;
