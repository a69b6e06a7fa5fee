/**
 * Ollama's own API: chats as lines of JSON, and vectors.
 *
 * <p>Easy to get wrong: Ollama cuts a prompt that is too long without a word, unless the request forbids it.
 */
@NullMarked
package holt.worker.remote.ollama;

import org.jspecify.annotations.NullMarked;
