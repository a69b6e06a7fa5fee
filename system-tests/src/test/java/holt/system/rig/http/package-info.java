/**
 * HTTP clients. {@link holt.system.rig.http.Chat} logs its results, and {@code Invariants} checks the log after a fault.
 *
 * <p>Easy to get wrong: a socket of {@code Chat.hold} and a {@code Chat.stream} are not in that log.
 *
 * <p>Does not know processes or topics: an API instance is a URL here.
 */
@NullMarked
package holt.system.rig.http;

import org.jspecify.annotations.NullMarked;
