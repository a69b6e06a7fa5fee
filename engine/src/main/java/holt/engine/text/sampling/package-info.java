/**
 * Sampling: from a row of logits to a token and its log probabilities.
 *
 * <p>Plain arithmetic on arrays, in vLLM's order. Easy to get wrong: top-p is a share of what top-k and min-p leave. Knows
 * no text, no requests and no scheduling.
 */
@NullMarked
package holt.engine.text.sampling;

import org.jspecify.annotations.NullMarked;
