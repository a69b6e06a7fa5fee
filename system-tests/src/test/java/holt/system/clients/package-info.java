/**
 * What the clients that people already use make of our bytes: each of their documented answers and exceptions, against one standalone
 * Holt with the built-in model.
 *
 * <p>Easy to get wrong: clients retry by themselves unless told not to, and a lenient one accepts bytes that a validating one refuses.
 *
 * <p>Does not know how an answer is made, and does not look at raw bytes: {@code api-service} does.
 */
@NullMarked
package holt.system.clients;

import org.jspecify.annotations.NullMarked;
