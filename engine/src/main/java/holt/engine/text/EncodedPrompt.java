package holt.engine.text;

/**
 * A prompt for the model.
 *
 * @param tokens up to where the completion begins
 * @param thinking whether it ends with an open think tag
 */
record EncodedPrompt(long[] tokens, boolean thinking) {}
