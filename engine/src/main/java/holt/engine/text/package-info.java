/**
 * The text engine: many chats at once on one model.
 *
 * <p>Each step, the scheduler chooses the rows (no tensors), the decoder computes (no policy), and the batch loop samples
 * tokens and publishes text. Each sequence has its own random numbers, so a completion does not depend on the other rows.
 * Several completions of one request are separate sequences, which share the reading of the prompt. Knows no protocol.
 */
@NullMarked
package holt.engine.text;

import org.jspecify.annotations.NullMarked;
