package holt.engine.diffusion;

import holt.engine.ModelFacts;
import holt.engine.UnloadableModelException;
import holt.engine.diffusion.noise.NoiseScheduler;
import holt.engine.diffusion.noise.SchedulerChoice;
import holt.engine.torch.TorchModule;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A diffusers folder in libtorch. */
public final class TorchDiffusionModel implements DiffusionModel {
    private final DiffusionFacts facts;
    private final NoiseScheduler scheduler;
    private final UnetConfig config;
    private final Prompts prompts;
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

    private record Parts(Prompts prompts, Unet unet, Autoencoder autoencoder) {}

    /**
     * Reads all of a folder but the weights themselves, whose names and shapes are checked. Does without libtorch.
     *
     * @throws UnloadableModelException if the folder cannot be served
     */
    public static ModelFacts inspect(Path folder) {
        return DiffusionFolder.inspect(folder);
    }

    /**
     * Loads model_index.json and the folders that it names. All weights are copied; the files may go away afterwards.
     *
     * @param device {@code cpu} or {@code cuda:N}
     * @param dtype of the UNet, {@code fp32} or {@code bf16}; text encoders and autoencoder are always fp32
     * @param scheduler in place of the folder's
     * @param threads of one operator
     * @throws UnloadableModelException if the folder cannot be served
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
            Prompts prompts = prompts(parsed, device, loaded);
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

    private static Prompts prompts(
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
        boolean silent = parsed.index().path("force_zeros_for_empty_prompt").asBoolean(true);
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
    public NoiseScheduler scheduler() {
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
