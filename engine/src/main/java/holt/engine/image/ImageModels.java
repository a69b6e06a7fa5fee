package holt.engine.image;

import holt.engine.ModelFacts;
import holt.engine.UnloadableModelException;
import holt.engine.diffusion.DiffusionFacts;
import holt.engine.diffusion.TorchDiffusionModel;
import holt.engine.torch.TorchModule;
import java.nio.file.Files;
import java.nio.file.Path;

/** Loads image models from diffusers folders: model_index.json and the folders that it names. */
public final class ImageModels {
    private ImageModels() {}

    /** Whether something is, or was meant to be, an image model. */
    public static boolean isModel(Path folder) {
        return Files.isRegularFile(head(folder));
    }

    /** The file that says what a model is. */
    public static Path head(Path folder) {
        return folder.resolve("model_index.json");
    }

    /**
     * Checks what can be checked without libtorch. {@link holt.engine.NativeRuntime#prepareTokenizers} must have been called.
     *
     * @throws UnloadableModelException if the folder cannot be served; the message says which file or key is at fault
     */
    public static ModelFacts inspect(Path folder) {
        ImageDefaults.read(folder);
        return TorchDiffusionModel.inspect(folder);
    }

    /**
     * Loads a model and starts its engine. {@link holt.engine.NativeRuntime#prepare} must have been called.
     *
     * @throws UnloadableModelException if the folder cannot be served; the message says which file or key is at fault
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
                        model.scheduler().trainingSteps(),
                        defaults,
                        dtype,
                        device);
        return new BatchingImageEngine(info, model, options.stepBytes(), Noise::new).start();
    }
}
