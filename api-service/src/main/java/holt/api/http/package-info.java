/**
 * The HTTP side that every feature shares: whole answers, streams of server-sent events, answers that come later, both error shapes,
 * request ids.
 *
 * <p>Rooms: {@code body} reads request bodies, {@code tomcat} is the connector below.
 *
 * <p>Easy to get wrong: the content type of JSON is exactly {@code application/json}, without a charset. <em>Every</em> error has the
 * integer {@code code}. A stream that fails ends with an error event, never in silence.
 *
 * <p>Does not know chats, models or Kafka.
 */
@NullMarked
package holt.api.http;

import org.jspecify.annotations.NullMarked;
