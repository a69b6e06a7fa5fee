/**
 * What every request meets before and after its own feature: limits, strict JSON, request ids, both error shapes, server-sent events.
 *
 * <p>Easy to get wrong: the content type of JSON is exactly {@code application/json}, without a charset; <em>every</em> error carries the
 * integer {@code code}, those of the container included; a stream's failure is an event, never a silent end.
 *
 * <p>Does not know chats, models or Kafka.
 */
@NullMarked
package holt.api.http;

import org.jspecify.annotations.NullMarked;
