/**
 * {@code POST /v1/chat/completions}. {@link holt.api.chat.ParseChat} turns the raw {@link holt.api.chat.ChatRequest} into a valid
 * {@link holt.protocol.Task.Chat}. Nothing after that validates again.
 *
 * <p>Easy to get wrong: {@code null} and {@code ""} mean <em>not set</em>. {@code 0} does so only where it is no valid value, as for
 * {@code n}. A parameter that would change the answer and is not supported is refused, never ignored.
 *
 * <p>Does not know Kafka, workers or chat templates.
 */
@NullMarked
package holt.api.chat;

import org.jspecify.annotations.NullMarked;
