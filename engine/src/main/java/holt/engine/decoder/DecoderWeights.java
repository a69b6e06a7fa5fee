package holt.engine.decoder;

import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.Checkpoint;
import holt.engine.checkpoint.StoredTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which weights a configuration calls for, by name, and the check that a checkpoint has just these. */
final class DecoderWeights {
    private final Checkpoint checkpoint;
    private final DecoderConfig config;

    /**
     * Checks names and shapes.
     *
     * @throws UnloadableModelException if a tensor is missing, has another shape, or has no place in the architecture:
     *     leaving one out would give wrong answers, not worse ones
     */
    DecoderWeights(Checkpoint checkpoint, DecoderConfig config) {
        this.checkpoint = checkpoint;
        this.config = config;
        Map<String, List<Long>> expected = new LinkedHashMap<>(expectedOutside());
        for (int i = 0; i < config.layers(); i++) {
            expected.putAll(expectedIn(i));
        }
        expected.forEach(this::check);
        for (String name : checkpoint.names()) {
            boolean redundant =
                    name.endsWith(".rotary_emb.inv_freq") || name.equals("lm_head.weight");
            if (!redundant && !expected.containsKey(name)) {
                throw new UnloadableModelException(
                        "The checkpoint has a tensor %s that %s as configured does not have"
                                .formatted(name, config.architecture()));
            }
        }
    }

    /** The tensors of one layer. */
    List<StoredTensor> layer(int index) {
        return expectedIn(index).keySet().stream().map(checkpoint::tensor).toList();
    }

    /** Embedding, final norm and, if it is not tied, the output head. */
    List<StoredTensor> outside() {
        return expectedOutside().keySet().stream().map(checkpoint::tensor).toList();
    }

    /** The number of parameters. */
    long parameters() {
        List<StoredTensor> all = new ArrayList<>(outside());
        for (int i = 0; i < config.layers(); i++) {
            all.addAll(layer(i));
        }
        return all.stream().mapToLong(StoredTensor::elements).sum();
    }

    private Map<String, List<Long>> expectedOutside() {
        Map<String, List<Long>> expected = new LinkedHashMap<>();
        long hidden = config.hidden();
        long vocabulary = config.vocabulary();
        expected.put("model.embed_tokens.weight", List.of(vocabulary, hidden));
        expected.put("model.norm.weight", List.of(hidden));
        if (!config.tied()) {
            expected.put("lm_head.weight", List.of(vocabulary, hidden));
        }
        return expected;
    }

    private Map<String, List<Long>> expectedIn(int index) {
        Map<String, List<Long>> expected = new LinkedHashMap<>();
        String layer = "model.layers." + index + ".";
        long hidden = config.hidden();
        long queries = (long) config.heads() * config.headSize();
        long keys = (long) config.keyValueHeads() * config.headSize();
        long intermediate = config.intermediate();
        expected.put(layer + "input_layernorm.weight", List.of(hidden));
        expected.put(layer + "post_attention_layernorm.weight", List.of(hidden));
        linear(expected, layer + "self_attn.q_proj", queries, hidden, config.queryKeyValueBias());
        linear(expected, layer + "self_attn.k_proj", keys, hidden, config.queryKeyValueBias());
        linear(expected, layer + "self_attn.v_proj", keys, hidden, config.queryKeyValueBias());
        linear(expected, layer + "self_attn.o_proj", hidden, queries, config.outputBias());
        linear(expected, layer + "mlp.gate_proj", intermediate, hidden, config.mlpBias());
        linear(expected, layer + "mlp.up_proj", intermediate, hidden, config.mlpBias());
        linear(expected, layer + "mlp.down_proj", hidden, intermediate, config.mlpBias());
        if (config.queryKeyNorm()) {
            expected.put(layer + "self_attn.q_norm.weight", List.of((long) config.headSize()));
            expected.put(layer + "self_attn.k_norm.weight", List.of((long) config.headSize()));
        }
        return expected;
    }

    private static void linear(
            Map<String, List<Long>> expected, String name, long out, long in, boolean bias) {
        expected.put(name + ".weight", List.of(out, in));
        if (bias) {
            expected.put(name + ".bias", List.of(out));
        }
    }

    private void check(String name, List<Long> shape) {
        List<Long> found = checkpoint.tensor(name).shape();
        if (!found.equals(shape)) {
            throw new UnloadableModelException(
                    "Tensor %s has the shape %s; config.json calls for %s"
                            .formatted(name, found, shape));
        }
    }
}
