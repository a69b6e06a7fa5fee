package holt.engine;

/**
 * What the files of a model say, before any weight is read.
 *
 * @param architecture as config.json names it, or the pipeline as model_index.json does
 */
public record ModelFacts(String architecture, long parameters) {}
