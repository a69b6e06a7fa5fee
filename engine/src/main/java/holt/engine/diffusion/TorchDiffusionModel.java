package holt.engine.diffusion;

import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.ModelFiles;
import holt.engine.scheduler.Scheduler;
import holt.engine.torch.TorchModule;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A diffusers folder in libtorch. */
public final class TorchDiffusionModel implements DiffusionModel {
    private static final List<String> SUPPORTED =
            List.of(
                    "StableDiffusionPipeline",
                    "StableDiffusionImg2ImgPipeline",
                    "StableDiffusionInpaintPipeline",
                    "StableDiffusionInstructPix2PixPipeline",
                    "StableDiffusionXLPipeline",
                    "StableDiffusionXLImg2ImgPipeline",
                    "StableDiffusionXLInpaintPipeline");

    private final DiffusionFacts facts;
    private final Scheduler scheduler;
    private final UnetConfig config;
    private final Prompts prompts;
    private final Unet unet;
    private final Autoencoder autoencoder;

    private TorchDiffusionModel(
            DiffusionFacts facts, Scheduler scheduler, UnetConfig config, Parts parts) {
        this.facts = facts;
        this.scheduler = scheduler;
        this.config = config;
        this.prompts = parts.prompts;
        this.unet = parts.unet;
        this.autoencoder = parts.autoencoder;
    }

    private record Parts(Prompts prompts, Unet unet, Autoencoder autoencoder) {}

    /**
     * Loads model_index.json and the folders that it names. All weights are copied; the files may go away afterwards.
     *
     * @param device {@code cpu} or {@code cuda:N}
     * @param dtype of the UNet, {@code fp32} or {@code bf16}; text encoders and autoencoder are always fp32
     * @throws UnloadableModelException if the folder cannot be served
     */
    public static TorchDiffusionModel load(Path folder, String device, String dtype) {
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
                            + ": requires_aesthetics_score true is not supported; a refiner makes no pictures of its own");
        }
        Scheduler scheduler = Scheduler.read(folder.resolve("scheduler"));
        UnetConfig unet = UnetConfig.read(folder.resolve("unet"));
        AutoencoderConfig autoencoder = AutoencoderConfig.read(folder.resolve("vae"));
        ModelInputs inputs = inputs(folder, unet, autoencoder.latentChannels());
        boolean xl = pipeline.startsWith("StableDiffusionXL");
        if (xl != unet.sizeWidth() > 0) {
            throw new UnloadableModelException(
                    "%s: addition_embed_type does not fit %s"
                            .formatted(folder.resolve("unet/config.json"), pipeline));
        }

        Deque<AutoCloseable> loaded = new ArrayDeque<>();
        try {
            Prompts prompts = prompts(folder, index, xl, device, loaded);
            check(folder, unet, prompts);
            var parts =
                    new Parts(
                            prompts,
                            keep(loaded, Unet.load(folder.resolve("unet"), unet, device, dtype)),
                            Autoencoder.load(folder.resolve("vae"), autoencoder, device));
            var facts =
                    new DiffusionFacts(
                            pipeline,
                            prompts.parameters()
                                    + parts.unet.parameters()
                                    + parts.autoencoder.parameters(),
                            inputs,
                            autoencoder.latentChannels(),
                            autoencoder.factor(),
                            unet.side() * autoencoder.factor(),
                            autoencoder.scale(),
                            autoencoder.shift());
            return new TorchDiffusionModel(facts, scheduler, unet, parts);
        } catch (RuntimeException e) {
            closeAll(loaded, e);
            throw e;
        }
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

    private static Prompts prompts(
            Path folder, JsonNode index, boolean xl, String device, Deque<AutoCloseable> loaded) {
        List<TextEncoder> encoders = new ArrayList<>();
        for (String suffix : xl ? List.of("", "_2") : List.of("")) {
            encoders.add(
                    keep(
                            loaded,
                            TextEncoder.load(
                                    folder.resolve("text_encoder" + suffix),
                                    folder.resolve("tokenizer" + suffix),
                                    xl,
                                    device)));
        }
        boolean silent = index.path("force_zeros_for_empty_prompt").asBoolean(true);
        return new Prompts(encoders, xl && silent);
    }

    private static void check(Path folder, UnetConfig unet, Prompts prompts) {
        boolean pooledFits = unet.sizeWidth() == 0 || unet.pooledWidth() == prompts.pooledWidth();
        if (unet.textWidth() != prompts.width() || !pooledFits) {
            throw new UnloadableModelException(
                    "%s: the UNet wants texts of width %d, the text encoders give %d"
                            .formatted(folder, unet.textWidth(), prompts.width()));
        }
    }

    private static <T extends AutoCloseable> T keep(Deque<AutoCloseable> loaded, T part) {
        loaded.push(part);
        return part;
    }

    private static void closeAll(Deque<AutoCloseable> loaded, RuntimeException cause) {
        for (AutoCloseable part : loaded) {
            try {
                part.close();
            } catch (Exception e) {
                cause.addSuppressed(e);
            }
        }
    }

    @Override
    public DiffusionFacts facts() {
        return facts;
    }

    @Override
    public Scheduler scheduler() {
        return scheduler;
    }

    @Override
    public void useThisThread() {
        TorchModule.useThisThread();
    }

    @Override
    public Conditioning condition(String prompt) {
        return prompts.condition(prompt);
    }

    @Override
    public Conditioning conditionAgainst(String prompt) {
        return prompts.conditionAgainst(prompt);
    }

    @Override
    public float[] encode(float[] pixels, LatentSize size) {
        return autoencoder.encode(pixels, size);
    }

    @Override
    public float[] decode(float[] latents, LatentSize size) {
        return autoencoder.decode(latents, size);
    }

    @Override
    public List<float[]> predict(List<Question> questions, LatentSize size) {
        // SDXL is told that the picture was not enlarged or cut.
        float height = size.height() * facts.factor();
        float width = size.width() * facts.factor();
        float[] sizes = new float[6 * questions.size()];
        for (int row = 0; row < questions.size(); row++) {
            sizes[6 * row] = sizes[6 * row + 4] = height;
            sizes[6 * row + 1] = sizes[6 * row + 5] = width;
        }
        return unet.predict(questions, size, sizes);
    }

    @Override
    public long bytesPerQuestion(LatentSize size) {
        return config.bytesPerRow(size.height(), size.width());
    }

    @Override
    public void close() {
        prompts.close();
        unet.close();
        autoencoder.close();
    }
}
