package holt.engine.image;

import holt.engine.ModelFacts;
import holt.engine.UnloadableModelException;
import holt.engine.diffusion.DiffusionFacts;
import holt.engine.diffusion.TorchDiffusionModel;
import holt.engine.image.denoising.SeededNoise;
import holt.engine.torch.TorchModule;
import java.nio.file.Files;
import java.nio.file.Path;

/** Loads image models from diffusers folders. */
public final class ImageModels {
    private ImageModels() {}

    /** Whether a path is an image model: a folder with a model_index.json. */
    public static boolean isModel(Path folder) {
        return Files.isRegularFile(head(folder));
    }

    /** The file that identifies a model. */
    public static Path head(Path folder) {
        return folder.resolve("model_index.json");
    }

    /**
     * Checks a model as far as that works without libtorch. Call {@link holt.engine.NativeRuntime#prepareTokenizers} first.
     *
     * @throws UnloadableModelException if the model cannot be loaded; the message names the file or key
     */
    public static ModelFacts inspect(Path folder) {
        ImageDefaults.read(folder);
        return TorchDiffusionModel.inspect(folder);
    }

    /**
     * Loads a model and starts its engine. Call {@link holt.engine.NativeRuntime#prepare} first.
     *
     * @throws UnloadableModelException if the model cannot be loaded; the message names the file or key
     */
    public static ImageEngine load(Path folder, ImageModelOptions options) {
        if (!Files.isDirectory(folder)) {
            throw new UnloadableModelException(folder + " is not a folder");
        }
        String device = TorchModule.resolve(options.device());
        String dtype =
                options.dtype() != null ? options.dtype() : device.equals("cpu") ? "fp32" : "bf16";
        ImageDefaults defaults = ImageDefaults.read(folder);
        TorchDiffusionModel model =
                TorchDiffusionModel.load(
                        folder,
                        device,
                        dtype,
                        options.scheduler(),
                        TorchModule.orCores(options.threads()));
        DiffusionFacts facts = model.facts();
        ImageModelInfo info =
                new ImageModelInfo(
                        folder.toAbsolutePath().normalize().getFileName().toString(),
                        facts.pipeline(),
                        facts.parameters(),
                        facts.inputs(),
                        facts.side(),
                        facts.factor(),
                        options.maxPixels(),
                        model.noiseScheduler().trainingSteps(),
                        defaults,
                        dtype,
                        device);
        return new BatchingImageEngine(info, model, options.stepBytes(), SeededNoise::new).start();
    }
}
