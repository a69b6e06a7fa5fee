/**
 * Popular clients against one standalone Holt with the built-in models: each of their documented answers and exceptions.
 *
 * <p>Easy to get wrong: clients retry by themselves unless told not to, and a lenient one accepts bytes that a validating one refuses.
 *
 * <p>Does not know how Holt makes an answer, and does not look at raw bytes. The tests of {@code api-service} do.
 */
@NullMarked
package holt.system.clients;

import org.jspecify.annotations.NullMarked;
