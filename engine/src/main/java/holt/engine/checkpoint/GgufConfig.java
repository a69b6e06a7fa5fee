package holt.engine.checkpoint;

import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.gguf.GgufFile;
import holt.engine.checkpoint.gguf.GgufType;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Converts the metadata of a GGUF file to a config.json. */
final class GgufConfig {
    /** The tensor with a divisor for each rotary frequency, as Llama 3.1 and later have it. */
    static final String ROTARY_FACTORS = "rope_freqs.weight";

    private static final String GEMMA = "gemma3";

    /** The layers of Gemma 3's largest model. Only it scales queries by the size of the model. */
    private static final int LARGEST_GEMMA = 62;

    /** GGUF names to architectures. Mistral's models are {@code llama} too. */
    private static final Map<String, String> ARCHITECTURES =
            new TreeMap<>(
                    Map.of(
                            GEMMA,
                            "Gemma3ForCausalLM",
                            "llama",
                            "LlamaForCausalLM",
                            "qwen2",
                            "Qwen2ForCausalLM",
                            "qwen3",
                            "Qwen3ForCausalLM"));

    /** Llama 3.1's parameters of rotary scaling, which the file does not have. */
    private static final double LOW = 1;

    private static final double HIGH = 4;
    private static final long TRAINED = 8192;

    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final GgufFile file;
    private final String architecture;

    private GgufConfig(GgufFile file) {
        this.file = file;
        this.architecture = architecture(file);
    }

    /** @throws UnloadableModelException if a key is missing, or the architecture is not supported */
    static ObjectNode of(GgufFile file) {
        return new GgufConfig(file).config();
    }

    /** The number of heads if the tensor's rows are interleaved, else 0. */
    static int interleavedHeads(GgufFile file, String tensor) {
        if (!architecture(file).equals("llama")) {
            return 0;
        }
        GgufConfig config = new GgufConfig(file);
        if (tensor.matches("blk\\.\\d+\\.attn_q\\..*")) {
            return config.heads();
        }
        return tensor.matches("blk\\.\\d+\\.attn_k\\..*") ? config.keyValueHeads() : 0;
    }

    private static String architecture(GgufFile file) {
        checkArchitecture(file);
        return file.text("general.architecture")
                .orElseThrow(() -> file.missing("general.architecture"));
    }

    /** @throws UnloadableModelException if the file names an architecture that is not supported */
    static void checkArchitecture(GgufFile file) {
        file.text("general.architecture").ifPresent(named -> checkArchitecture(file, named));
    }

    private static void checkArchitecture(GgufFile file, String architecture) {
        if (!ARCHITECTURES.containsKey(architecture)) {
            throw new UnloadableModelException(
                    "%s: the architecture %s is not supported; supported are %s"
                            .formatted(file.file(), architecture, ARCHITECTURES.keySet()));
        }
    }

    private ObjectNode config() {
        if (file.whole(key("expert_count")).orElse(0) > 0) {
            throw file.unsupported(
                    key("expert_count"), file.whole(key("expert_count")).orElseThrow());
        }
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.putArray("architectures").add(ARCHITECTURES.get(architecture));
        config.put("vocab_size", embedding().shape().getFirst())
                .put("hidden_size", needed("embedding_length"))
                .put("intermediate_size", needed("feed_forward_length"))
                .put("num_hidden_layers", needed("block_count"))
                .put("num_attention_heads", heads())
                .put("num_key_value_heads", keyValueHeads())
                .put("head_dim", headSize())
                .put("rms_norm_eps", real("attention.layer_norm_rms_epsilon"))
                .put("rope_theta", file.real(key("rope.freq_base")).orElse(10_000.0))
                .put("max_position_embeddings", needed("context_length"))
                .put("tie_word_embeddings", !file.tensors().containsKey("output.weight"))
                .put("attention_bias", file.tensors().containsKey("blk.0.attn_q.bias"))
                .put("mlp_bias", file.tensors().containsKey("blk.0.ffn_down.bias"));
        file.whole(key("attention.sliding_window"))
                .ifPresent(window -> config.put("sliding_window", window));
        addScaling(config);
        if (architecture.equals(GEMMA)) {
            addGemma(config);
        }
        Set<Long> ends = new TreeSet<>(GgufTokenizer.endsOfTurn(file));
        for (String end : List.of("eos", "eot", "eom")) {
            file.whole("tokenizer.ggml." + end + "_token_id").ifPresent(ends::add);
        }
        ends.forEach(config.putArray("eos_token_id")::add);
        return config;
    }

    /** What llama.cpp knows of Gemma 3 and the file does not say. */
    private void addGemma(ObjectNode config) {
        boolean largest = needed("block_count") == LARGEST_GEMMA;
        config.put(
                "query_pre_attn_scalar",
                largest ? needed("embedding_length") / heads() : headSize());
        file.real(key("rope.freq_base_swa"))
                .ifPresent(base -> config.put("rope_local_base_freq", base));
        for (String cap : List.of("attn_logit_softcapping", "final_logit_softcapping")) {
            file.real(key(cap)).ifPresent(value -> config.put(cap, value));
        }
    }

    /** Whether the weights of norms are larger by one than in a Hugging Face folder. */
    static boolean hasShiftedNorms(GgufFile file) {
        return architecture(file).equals(GEMMA);
    }

    private GgufFile.Tensor embedding() {
        GgufFile.Tensor embedding = file.tensors().get("token_embd.weight");
        if (embedding == null) {
            throw file.missing("tensor token_embd.weight");
        }
        return embedding;
    }

    private int heads() {
        return Math.toIntExact(needed("attention.head_count"));
    }

    private int keyValueHeads() {
        return Math.toIntExact(file.whole(key("attention.head_count_kv")).orElse(heads()));
    }

    private long headSize() {
        return file.whole(key("attention.key_length")).orElse(needed("embedding_length") / heads());
    }

    /** A factor without a type is linear. {@code rope.scale_linear} is the older key of the factor; 0 stands for none. */
    private void addScaling(ObjectNode config) {
        Optional<Double> factor =
                file.real(key("rope.scaling.factor"))
                        .or(() -> file.real(key("rope.scale_linear")))
                        .filter(each -> each != 0);
        String kind =
                file.text(key("rope.scaling.type")).orElse(factor.isPresent() ? "linear" : "none");
        if (file.tensors().containsKey(ROTARY_FACTORS)) {
            addLlama3Scaling(config.putObject("rope_scaling"));
        } else if (!kind.equals("none")) {
            ObjectNode scaling = config.putObject("rope_scaling").put("rope_type", kind);
            factor.ifPresent(each -> scaling.put("factor", each));
        }
    }

    /** Derives Llama 3's scaling from the factors in the file, and refuses other factors. */
    private void addLlama3Scaling(ObjectNode scaling) {
        GgufFile.Tensor factors = file.tensors().get(ROTARY_FACTORS);
        if (factors == null || factors.type() != GgufType.F32) {
            throw file.unsupported(ROTARY_FACTORS, "that is not F32");
        }
        long count = factors.shape().getLast();
        double largest = 1;
        for (long i = 0; i < count; i++) {
            largest = Math.max(largest, factors.data().getAtIndex(FLOAT, i));
        }
        long trained = file.whole(key("rope.scaling.original_context_length")).orElse(TRAINED);
        for (long i = 0; i < count; i++) {
            double expected = llama3Factor(i, largest, trained);
            if (Math.abs(factors.data().getAtIndex(FLOAT, i) / expected - 1) > 1e-3) {
                throw file.unsupported(ROTARY_FACTORS, "with other factors than Llama 3's");
            }
        }
        scaling.put("rope_type", "llama3")
                .put("factor", largest)
                .put("low_freq_factor", LOW)
                .put("high_freq_factor", HIGH)
                .put("original_max_position_embeddings", trained);
    }

    private double llama3Factor(long index, double factor, long trained) {
        double base = file.real(key("rope.freq_base")).orElse(10_000.0);
        double wavelength = 2 * Math.PI * Math.pow(base, 2.0 * index / headSize());
        if (wavelength < trained / HIGH) {
            return 1;
        }
        if (wavelength > trained / LOW) {
            return factor;
        }
        double smooth = (trained / wavelength - LOW) / (HIGH - LOW);
        return 1 / ((1 - smooth) / factor + smooth);
    }

    private String key(String name) {
        return architecture + "." + name;
    }

    private long needed(String name) {
        return file.whole(key(name)).orElseThrow(() -> file.missing(key(name)));
    }

    private double real(String name) {
        return file.real(key(name)).orElseThrow(() -> file.missing(key(name)));
    }
}
