package holt.engine.image.denoising;

import holt.engine.diffusion.DiffusionFacts;
import holt.engine.diffusion.DiffusionModel;
import holt.engine.diffusion.LatentSize;
import holt.engine.image.picture.Mask;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Encodes the source of an edit for the UNet. */
public record SourceEncoder(DiffusionModel model, LatentSize size) {
    /**
     * Pixels to latents as the autoencoder gives them.
     *
     * @param pixels [3, height, width] in -1..1
     */
    public float[] encode(float[] pixels) {
        return model.encode(pixels, size);
    }

    /** The autoencoder's latents at unit variance. */
    public float[] scaled(float[] latents) {
        DiffusionFacts facts = model.facts();
        float[] scaled = new float[latents.length];
        for (int i = 0; i < latents.length; i++) {
            scaled[i] = (float) ((latents[i] - facts.shift()) * facts.scale());
        }
        return scaled;
    }

    /** The channels beside the latents for a picture without a source. */
    public float[] channelsWithoutSource() {
        return switch (model.facts().inputs()) {
            case LATENTS -> new float[0];
            case LATENTS_AND_SOURCE -> new float[model.facts().latentChannels() * size.positions()];
            case LATENTS_MASK_AND_SOURCE -> {
                int factor = model.facts().factor();
                yield maskAndSource(new float[3 * size.positions() * factor * factor], null);
            }
        };
    }

    /**
     * The channels of an inpainting model: the mask, then the latents of the source with grey inside the mask.
     *
     * @param pixels [3, height, width] in -1..1
     * @param mask null = the whole picture
     * @return [1 + latentChannels, height, width]
     */
    public float[] maskAndSource(float[] pixels, @Nullable Mask mask) {
        int factor = model.facts().factor();
        int width = size.width() * factor;
        int height = size.height() * factor;
        Mask whole = mask == null ? all(width, height) : mask.resized(width, height);
        float[] greyed = pixels.clone();
        for (int i = 0; i < greyed.length; i++) {
            greyed[i] = whole.renewed()[i % (width * height)] ? 0 : greyed[i];
        }
        float[] latents = scaled(encode(greyed));
        boolean[] renewed = whole.resized(size.width(), size.height()).renewed();
        float[] both = new float[renewed.length + latents.length];
        for (int i = 0; i < renewed.length; i++) {
            both[i] = renewed[i] ? 1 : 0;
        }
        System.arraycopy(latents, 0, both, renewed.length, latents.length);
        return both;
    }

    private static Mask all(int width, int height) {
        boolean[] renewed = new boolean[width * height];
        Arrays.fill(renewed, true);
        return new Mask(width, height, renewed);
    }
}
