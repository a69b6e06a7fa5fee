package holt.engine.diffusion.config;

import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.ExpectedTensors;
import java.nio.file.Path;

/**
 * The shape of CLIP's text encoder, from its config.json.
 *
 * @param endToken the token whose position gives the pooled embedding; 2 = the largest id, as in old configurations
 * @param projection width of the projected pooled embedding; 0 = no projection
 */
public record ClipConfig(
        int vocabulary,
        int width,
        int intermediate,
        int layers,
        int heads,
        int length,
        double epsilon,
        boolean quick,
        int endToken,
        int projection) {

    public static ClipConfig read(Path folder) {
        ConfigFile json = ConfigFile.read(folder);
        String architecture = json.node().path("architectures").path(0).asString("(none)");
        boolean projects = architecture.equals("CLIPTextModelWithProjection");
        if (!projects && !architecture.equals("CLIPTextModel")) {
            throw new UnloadableModelException(
                    "%s: the text encoder %s is not supported; supported are CLIPTextModel and CLIPTextModelWithProjection"
                            .formatted(json.file(), architecture));
        }
        json.refuseUnless("hidden_act", "quick_gelu", "gelu");
        return new ClipConfig(
                json.positive("vocab_size"),
                json.positive("hidden_size"),
                json.positive("intermediate_size"),
                json.positive("num_hidden_layers"),
                json.positive("num_attention_heads"),
                json.positive("max_position_embeddings"),
                json.number("layer_norm_eps", 1e-5),
                json.text("hidden_act", "quick_gelu").equals("quick_gelu"),
                json.positive("eos_token_id", 2),
                projects ? json.positive("projection_dim") : 0);
    }

    public ExpectedTensors tensors() {
        ExpectedTensors tensors = new ExpectedTensors();
        String model = "text_model.";
        tensors.add(model + "embeddings.token_embedding.weight", vocabulary, width);
        tensors.add(model + "embeddings.position_embedding.weight", length, width);
        for (int i = 0; i < layers; i++) {
            String layer = model + "encoder.layers." + i;
            tensors.norm(layer + ".layer_norm1", width);
            for (String part : new String[] {"q_proj", "k_proj", "v_proj", "out_proj"}) {
                tensors.linear(layer + ".self_attn." + part, width, width);
            }
            tensors.norm(layer + ".layer_norm2", width);
            tensors.linear(layer + ".mlp.fc1", intermediate, width);
            tensors.linear(layer + ".mlp.fc2", width, intermediate);
        }
        tensors.norm(model + "final_layer_norm", width);
        if (projection > 0) {
            tensors.linearWithoutBias("text_projection", projection, width);
        }
        return tensors;
    }

    /** The position of the pooled embedding: that of the first end token. */
    public int endOf(long[] tokens) {
        int best = 0;
        for (int i = 0; i < tokens.length; i++) {
            if (endToken != 2 && tokens[i] == endToken) {
                return i;
            }
            if (endToken == 2 && tokens[i] > tokens[best]) {
                best = i;
            }
        }
        return best;
    }

    /** The width of the pooled embedding. */
    public int pooledWidth() {
        return projection > 0 ? projection : width;
    }
}
