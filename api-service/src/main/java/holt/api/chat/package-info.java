/**
 * {@code POST /v1/chat/completions}: {@link holt.api.chat.ChatRequest} as it comes becomes a valid {@link holt.protocol.Task.Chat} once,
 * at the door; nothing behind it validates again.
 *
 * <p>Easy to get wrong: {@code 0}, {@code ""} and {@code null} mean <em>not set</em>, but {@code temperature: 0} is greedy; what would
 * change the answer and is not built is refused, never ignored.
 *
 * <p>Does not know Kafka, workers or how a prompt is put together.
 */
@NullMarked
package holt.api.chat;

import org.jspecify.annotations.NullMarked;
