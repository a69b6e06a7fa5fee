package holt.engine.diffusion;

import holt.engine.ModelFacts;
import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.Checkpoint;
import holt.engine.checkpoint.ExpectedTensors;
import holt.engine.checkpoint.ModelFiles;
import holt.engine.checkpoint.StoredTensor;
import holt.engine.diffusion.config.AutoencoderConfig;
import holt.engine.diffusion.config.AutoencoderTensors;
import holt.engine.diffusion.config.ClipConfig;
import holt.engine.diffusion.config.UnetConfig;
import holt.engine.diffusion.config.UnetTensors;
import holt.engine.diffusion.noise.NoiseScheduler;
import holt.engine.diffusion.noise.NoiseSchedulers;
import holt.engine.diffusion.noise.SchedulerChoice;
import holt.engine.tokenizer.ClipTokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * The configurations of a diffusers folder, checked against each other.
 *
 * @param index model_index.json
 * @param pipeline its class name in the index
 */
record DiffusionFolder(
        Path folder,
        JsonNode index,
        String pipeline,
        NoiseScheduler scheduler,
        UnetConfig unet,
        AutoencoderConfig autoencoder,
        ModelInputs inputs) {
    private static final List<String> SUPPORTED =
            List.of(
                    "StableDiffusionPipeline",
                    "StableDiffusionImg2ImgPipeline",
                    "StableDiffusionInpaintPipeline",
                    "StableDiffusionInstructPix2PixPipeline",
                    "StableDiffusionXLPipeline",
                    "StableDiffusionXLImg2ImgPipeline",
                    "StableDiffusionXLInpaintPipeline");

    /**
     * Reads model_index.json and the configurations that it names.
     *
     * @throws UnloadableModelException if the folder cannot be loaded
     */
    static DiffusionFolder read(Path folder, SchedulerChoice choice) {
        JsonNode index = ModelFiles.json(folder, "model_index.json");
        String pipeline = index.path("_class_name").asString("(none)");
        if (!SUPPORTED.contains(pipeline)) {
            throw new UnloadableModelException(
                    "%s: the pipeline %s is not supported; supported are %s"
                            .formatted(
                                    folder.resolve("model_index.json"),
                                    pipeline,
                                    String.join(", ", SUPPORTED)));
        }
        if (index.path("requires_aesthetics_score").asBoolean(false)) {
            throw new UnloadableModelException(
                    folder.resolve("model_index.json")
                            + ": requires_aesthetics_score true is not supported; a refiner does not generate pictures on its own");
        }
        NoiseScheduler scheduler = NoiseSchedulers.read(folder.resolve("scheduler"), choice);
        UnetConfig unet = UnetConfig.read(folder.resolve("unet"));
        AutoencoderConfig autoencoder = AutoencoderConfig.read(folder.resolve("vae"));
        ModelInputs inputs = inputs(folder, unet, autoencoder.latentChannels());
        if (isXl(pipeline) != unet.sizeWidth() > 0) {
            throw new UnloadableModelException(
                    "%s: addition_embed_type does not fit %s"
                            .formatted(folder.resolve("unet/config.json"), pipeline));
        }
        return new DiffusionFolder(folder, index, pipeline, scheduler, unet, autoencoder, inputs);
    }

    private static ModelInputs inputs(Path folder, UnetConfig unet, int latents) {
        int in = unet.inChannels();
        if (unet.outChannels() == latents && in == latents) {
            return ModelInputs.LATENTS;
        }
        if (unet.outChannels() == latents && in == 2 * latents) {
            return ModelInputs.LATENTS_AND_SOURCE;
        }
        if (unet.outChannels() == latents && in == 2 * latents + 1) {
            return ModelInputs.LATENTS_MASK_AND_SOURCE;
        }
        throw new UnloadableModelException(
                "%s: in_channels %d and out_channels %d do not fit an autoencoder of %d latent channels"
                        .formatted(
                                folder.resolve("unet/config.json"),
                                in,
                                unet.outChannels(),
                                latents));
    }

    private static boolean isXl(String pipeline) {
        return pipeline.startsWith("StableDiffusionXL");
    }

    boolean isXl() {
        return isXl(pipeline);
    }

    /** The suffixes of the text encoders' and tokenizers' folders. */
    List<String> encoders() {
        return isXl() ? List.of("", "_2") : List.of("");
    }

    /**
     * Checks a folder without libtorch: its configurations, and the names and shapes of its weights.
     *
     * @throws UnloadableModelException if the folder cannot be loaded
     */
    static ModelFacts inspect(Path folder) {
        DiffusionFolder parsed = read(folder, SchedulerChoice.FOLDER);
        long parameters =
                check(folder, "unet", UnetTensors.of(parsed.unet), tensors -> tensors)
                        + check(
                                folder,
                                "vae",
                                AutoencoderTensors.of(parsed.autoencoder),
                                Autoencoder::newlyNamed);
        for (String suffix : parsed.encoders()) {
            Path encoder = folder.resolve("text_encoder" + suffix);
            ClipConfig clip = ClipConfig.read(encoder);
            ClipTokenizer.load(
                            folder.resolve("tokenizer" + suffix), clip.length(), clip.vocabulary())
                    .close();
            try (Checkpoint weights = TextEncoder.weights(encoder)) {
                clip.tensors().check(weights.tensors(), "clip");
            }
            parameters += clip.tensors().parameters();
        }
        return new ModelFacts(parsed.pipeline, parameters);
    }

    private static long check(
            Path folder,
            String part,
            ExpectedTensors expected,
            UnaryOperator<Map<String, StoredTensor>> naming) {
        try (Checkpoint weights =
                Checkpoint.open(folder.resolve(part), "diffusion_pytorch_model", _ -> true)) {
            expected.check(naming.apply(weights.tensors()), part);
        }
        return expected.parameters();
    }
}
