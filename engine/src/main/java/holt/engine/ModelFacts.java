package holt.engine;

/**
 * Facts from a model's files, known before its weights are read.
 *
 * @param architecture as in config.json, or the pipeline as in model_index.json
 */
public record ModelFacts(String architecture, long parameters) {}
