package holt.engine.encoder;

/**
 * The shape of an encoder.
 *
 * @param architecture as config.json names it
 * @param width numbers of a vector
 * @param vocabulary the number of tokens; ids are below it
 * @param maxTokens the most tokens of an input, special tokens included
 */
public record EncoderFacts(
        String architecture,
        long parameters,
        int layers,
        int width,
        int vocabulary,
        int maxTokens) {}
