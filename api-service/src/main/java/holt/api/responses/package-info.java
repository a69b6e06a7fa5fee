/**
 * {@code POST /v1/responses}, without memory of earlier ones. {@link holt.api.responses.ReadResponses} turns a request into a chat, and {@link
 * holt.api.responses.ResponseBody} and {@link holt.api.responses.WriteResponse} turn the chat's answer into a response. The form is OpenAI's
 * Responses API.
 */
@NullMarked
package holt.api.responses;

import org.jspecify.annotations.NullMarked;
