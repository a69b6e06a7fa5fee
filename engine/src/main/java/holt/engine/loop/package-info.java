/**
 * The thread of an engine and its batch loop: what text and image engines share.
 *
 * <p>A submission goes through the thread's inbox to the batch loop, which runs all requests in common steps. Everything
 * else about a request happens on the engine's thread. Easy to get wrong: an event consumer may throw, and then only its
 * own request ends. Knows no text, pictures or tensors.
 */
@NullMarked
package holt.engine.loop;

import org.jspecify.annotations.NullMarked;
