package holt.engine.diffusion;

import holt.engine.ModelFacts;
import holt.engine.UnloadableModelException;
import holt.engine.diffusion.config.AutoencoderConfig;
import holt.engine.diffusion.config.UnetConfig;
import holt.engine.diffusion.noise.NoiseScheduler;
import holt.engine.diffusion.noise.SchedulerChoice;
import holt.engine.torch.TorchModule;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A diffusion model of a diffusers folder, in libtorch. */
public final class TorchDiffusionModel implements DiffusionModel {
    private final DiffusionFacts facts;
    private final NoiseScheduler scheduler;
    private final UnetConfig config;
    private final PromptEncoder prompts;
    private final Unet unet;
    private final Autoencoder autoencoder;
    private final int threads;

    private TorchDiffusionModel(
            DiffusionFacts facts,
            NoiseScheduler scheduler,
            UnetConfig config,
            Parts parts,
            int threads) {
        this.facts = facts;
        this.scheduler = scheduler;
        this.config = config;
        this.prompts = parts.prompts;
        this.unet = parts.unet;
        this.autoencoder = parts.autoencoder;
        this.threads = threads;
    }

    private record Parts(PromptEncoder prompts, Unet unet, Autoencoder autoencoder) {}

    /**
     * Checks a folder without libtorch: its configurations, and the names and shapes of its weights.
     *
     * @throws UnloadableModelException if the folder cannot be loaded
     */
    public static ModelFacts inspect(Path folder) {
        return DiffusionFolder.inspect(folder);
    }

    /**
     * Loads model_index.json and the folders that it names. It copies all weights, so the files may go away afterwards.
     *
     * @param device {@code cpu} or {@code cuda:N}
     * @param dtype of the UNet, {@code fp32} or {@code bf16}; text encoders and autoencoder always use fp32
     * @param scheduler replaces the folder's scheduler
     * @param threads the CPU threads of one operator
     * @throws UnloadableModelException if the folder cannot be loaded
     */
    public static TorchDiffusionModel load(
            Path folder, String device, String dtype, SchedulerChoice scheduler, int threads) {
        return load(DiffusionFolder.read(folder, scheduler), device, dtype, threads);
    }

    private static TorchDiffusionModel load(
            DiffusionFolder parsed, String device, String dtype, int threads) {
        Path folder = parsed.folder();
        UnetConfig unet = parsed.unet();
        AutoencoderConfig autoencoder = parsed.autoencoder();
        Deque<AutoCloseable> loaded = new ArrayDeque<>();
        try {
            PromptEncoder prompts = prompts(parsed, device, loaded);
            check(folder, unet, prompts);
            var parts =
                    new Parts(
                            prompts,
                            keep(loaded, Unet.load(folder.resolve("unet"), unet, device, dtype)),
                            Autoencoder.load(folder.resolve("vae"), autoencoder, device));
            var facts =
                    new DiffusionFacts(
                            parsed.pipeline(),
                            prompts.parameters()
                                    + parts.unet.parameters()
                                    + parts.autoencoder.parameters(),
                            parsed.inputs(),
                            autoencoder.latentChannels(),
                            autoencoder.factor(),
                            unet.side() * autoencoder.factor(),
                            autoencoder.scale(),
                            autoencoder.shift());
            return new TorchDiffusionModel(facts, parsed.scheduler(), unet, parts, threads);
        } catch (RuntimeException e) {
            closeAll(loaded, e);
            throw e;
        }
    }

    private static PromptEncoder prompts(
            DiffusionFolder parsed, String device, Deque<AutoCloseable> loaded) {
        Path folder = parsed.folder();
        boolean xl = parsed.isXl();
        List<TextEncoder> encoders = new ArrayList<>();
        for (String suffix : parsed.encoders()) {
            encoders.add(
                    keep(
                            loaded,
                            TextEncoder.load(
                                    folder.resolve("text_encoder" + suffix),
                                    folder.resolve("tokenizer" + suffix),
                                    xl,
                                    device)));
        }
        boolean zerosWhenEmpty =
                parsed.index().path("force_zeros_for_empty_prompt").asBoolean(true);
        return new PromptEncoder(encoders, xl && zerosWhenEmpty);
    }

    private static void check(Path folder, UnetConfig unet, PromptEncoder prompts) {
        boolean pooledFits = unet.sizeWidth() == 0 || unet.pooledWidth() == prompts.pooledWidth();
        if (unet.textWidth() != prompts.width() || !pooledFits) {
            throw new UnloadableModelException(
                    "%s: the UNet takes prompts of width %d, the text encoders give %d"
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
    public NoiseScheduler noiseScheduler() {
        return scheduler;
    }

    @Override
    public void useThisThread() {
        TorchModule.useThisThread(threads);
    }

    @Override
    public Conditioning condition(String prompt) {
        return prompts.condition(prompt);
    }

    @Override
    public Conditioning conditionNegative(String prompt) {
        return prompts.conditionNegative(prompt);
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
    public List<float[]> predict(List<UnetInput> rows, LatentSize size) {
        // SDXL takes original size, crop and target size. These say: neither resized nor cropped.
        float height = size.height() * facts.factor();
        float width = size.width() * facts.factor();
        float[] sizes = new float[6 * rows.size()];
        for (int row = 0; row < rows.size(); row++) {
            sizes[6 * row] = sizes[6 * row + 4] = height;
            sizes[6 * row + 1] = sizes[6 * row + 5] = width;
        }
        return unet.predict(rows, size, sizes);
    }

    @Override
    public long bytesPerRow(LatentSize size) {
        return config.bytesPerRow(size.height(), size.width());
    }

    @Override
    public void close() {
        prompts.close();
        unet.close();
        autoencoder.close();
    }
}
