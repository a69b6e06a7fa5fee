package holt.engine.decoder;

import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.Checkpoint;
import holt.engine.checkpoint.ExpectedTensors;
import holt.engine.checkpoint.StoredTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The weights that a configuration calls for, checked against a checkpoint. */
final class DecoderWeights {
    private static final String PREFIX = "model.";
    private static final String EMBEDDING = PREFIX + "embed_tokens.weight";

    private final Map<String, StoredTensor> tensors;
    private final DecoderConfig config;
    private final boolean headed;
    private final long parameters;

    /**
     * Checks names and shapes.
     *
     * @throws UnloadableModelException if a tensor is missing, has another shape or does not belong to the architecture
     */
    DecoderWeights(Checkpoint checkpoint, DecoderConfig config) {
        this(checkpoint, config, true);
    }

    /** Checks names and shapes of a model for embeddings, which needs no output head. */
    static DecoderWeights withoutHead(Checkpoint checkpoint, DecoderConfig config) {
        return new DecoderWeights(checkpoint, config, false);
    }

    private DecoderWeights(Checkpoint checkpoint, DecoderConfig config, boolean headed) {
        this.tensors = named(checkpoint);
        this.config = config;
        this.headed = headed;
        ExpectedTensors expected = new ExpectedTensors();
        addOutside(expected);
        for (int i = 0; i < config.layers(); i++) {
            addLayer(expected, i);
        }
        Map<String, StoredTensor> found = new LinkedHashMap<>(tensors);
        found.keySet().removeIf(name -> isRedundant(name) && !expected.names().contains(name));
        expected.check(found, config.architecture());
        this.parameters = expected.parameters();
    }

    /** A model saved without its output head names its tensors without the prefix. */
    private static Map<String, StoredTensor> named(Checkpoint checkpoint) {
        if (checkpoint.names().contains(EMBEDDING)) {
            return checkpoint.tensors();
        }
        Map<String, StoredTensor> named = new LinkedHashMap<>();
        for (StoredTensor tensor : checkpoint.tensors().values()) {
            String name = PREFIX + tensor.name();
            named.put(name, new StoredTensor(name, tensor.type(), tensor.shape(), tensor.bytes()));
        }
        return named;
    }

    private static boolean isRedundant(String name) {
        return name.endsWith(".rotary_emb.inv_freq") || name.equals("lm_head.weight");
    }

    /** The tensors of one layer. */
    List<StoredTensor> layer(int index) {
        ExpectedTensors layer = new ExpectedTensors();
        addLayer(layer, index);
        return stored(layer);
    }

    /** The embedding, the final norm and, unless it is tied or missing, the output head. */
    List<StoredTensor> outside() {
        ExpectedTensors outside = new ExpectedTensors();
        addOutside(outside);
        return stored(outside);
    }

    private List<StoredTensor> stored(ExpectedTensors expected) {
        return expected.names().stream()
                .map(name -> Objects.requireNonNull(tensors.get(name)))
                .toList();
    }

    /** The number of parameters. */
    long parameters() {
        return parameters;
    }

    /**
     * The most memory that the weights take, in bytes. The embedding keeps its stored type and the output head is a separate
     * matrix. Packing the head needs a temporary fp32 copy.
     *
     * @param dtype as in {@link DecoderOptions}
     */
    long bytes(String dtype) {
        int width = dtype.equals("fp32") ? Float.BYTES : Short.BYTES;
        StoredTensor embedding = Objects.requireNonNull(tensors.get(EMBEDDING));
        long matrices = parameters - (config.tied() ? 0 : embedding.elements());
        long unpacked = dtype.equals("fp16") ? embedding.elements() * Float.BYTES : 0;
        return matrices * width + embedding.elements() * embedding.type().bytes() + unpacked;
    }

    private void addOutside(ExpectedTensors to) {
        long hidden = config.hidden();
        to.add(EMBEDDING, config.vocabulary(), hidden);
        to.add("model.norm.weight", hidden);
        if (headed && !config.tied()) {
            to.linearWithoutBias("lm_head", config.vocabulary(), hidden);
        }
    }

    private void addLayer(ExpectedTensors to, int index) {
        String layer = "model.layers." + index + ".";
        long hidden = config.hidden();
        long queries = (long) config.heads() * config.headSize();
        long keys = (long) config.keyValueHeads() * config.headSize();
        DecoderLayout layout = config.layout();
        addNorms(to, layer, layout.norms());
        String attention = layer + "self_attn.";
        if (layout.fused()) {
            linear(to, attention + "qkv_proj", queries + 2 * keys, hidden, false);
        } else {
            linear(to, attention + "q_proj", queries, hidden, config.queryKeyValueBias());
            linear(to, attention + "k_proj", keys, hidden, config.queryKeyValueBias());
            linear(to, attention + "v_proj", keys, hidden, config.queryKeyValueBias());
        }
        linear(to, attention + "o_proj", hidden, queries, config.outputBias());
        switch (layout.headNorm()) {
            case NONE -> {}
            case EACH -> addHeadNorms(to, attention, config.headSize(), config.headSize());
            case WHOLE -> addHeadNorms(to, attention, queries, keys);
        }
        DecoderLayout.Experts experts = layout.experts();
        if (experts == null || experts.dense().contains(index)) {
            addMlp(to, layer + "mlp.", config.intermediate());
        } else {
            to.add(layer + "mlp.gate.weight", experts.count(), hidden);
            for (int i = 0; i < experts.count(); i++) {
                addMlp(to, layer + "mlp.experts." + i + ".", experts.intermediate());
            }
        }
    }

    private void addNorms(ExpectedTensors to, String layer, DecoderLayout.Norms norms) {
        if (norms.before()) {
            to.add(layer + "input_layernorm.weight", config.hidden());
        }
        to.add(layer + "post_attention_layernorm.weight", config.hidden());
        if (norms.after()) {
            if (norms.before()) {
                to.add(layer + "pre_feedforward_layernorm.weight", config.hidden());
            }
            to.add(layer + "post_feedforward_layernorm.weight", config.hidden());
        }
    }

    private static void addHeadNorms(
            ExpectedTensors to, String attention, long queries, long keys) {
        to.add(attention + "q_norm.weight", queries);
        to.add(attention + "k_norm.weight", keys);
    }

    private void addMlp(ExpectedTensors to, String mlp, long intermediate) {
        long hidden = config.hidden();
        if (config.layout().fused()) {
            linear(to, mlp + "gate_up_proj", 2 * intermediate, hidden, false);
        } else {
            linear(to, mlp + "gate_proj", intermediate, hidden, config.mlpBias());
            linear(to, mlp + "up_proj", intermediate, hidden, config.mlpBias());
        }
        linear(to, mlp + "down_proj", hidden, intermediate, config.mlpBias());
    }

    private static void linear(ExpectedTensors to, String name, long out, long in, boolean bias) {
        if (bias) {
            to.linear(name, out, in);
        } else {
            to.linearWithoutBias(name, out, in);
        }
    }
}
