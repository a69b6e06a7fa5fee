package holt.engine.image;

import holt.engine.diffusion.Conditioning;
import holt.engine.diffusion.DiffusionFacts;
import holt.engine.diffusion.DiffusionModel;
import holt.engine.diffusion.LatentSize;
import holt.engine.diffusion.ModelInputs;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What all pictures of a request have in common before their first step.
 *
 * @param strength of the loop
 * @param source what the pictures keep outside of the mask; null without a mask
 */
record Preparation(
        Guide guide,
        Original original,
        double strength,
        @Nullable Picture source,
        @Nullable Mask mask) {

    static Preparation of(ImageRequest request, LatentSize size, DiffusionModel model) {
        Conditioning prompt = model.condition(request.prompt());
        Conditioning against =
                request.guidance() > 1 ? model.conditionAgainst(request.against()) : prompt;
        Edit edit = request.edit();
        var encoder = new Encoder(model, size);
        ModelInputs inputs = model.facts().inputs();
        if (edit == null) {
            float[] beside = encoder.besideWithoutSource(inputs);
            Guide guide = new Guide(prompt, against, request.guidance(), beside, 1);
            return new Preparation(guide, Original.NONE, 1, null, null);
        }
        Picture source = ResizePicture.to(edit.source(), request.width(), request.height());
        Mask mask = edit.mask();
        float[] pixels = Pixels.of(source);
        boolean instructed = inputs == ModelInputs.LATENTS_AND_SOURCE;
        boolean painted = inputs == ModelInputs.LATENTS_MASK_AND_SOURCE;
        float[] latents = encoder.encode(pixels);
        float[] beside =
                switch (inputs) {
                    case LATENTS -> new float[0];
                    case LATENTS_AND_SOURCE -> latents;
                    case LATENTS_MASK_AND_SOURCE -> encoder.maskAndSource(pixels, mask);
                };
        Guide guide =
                new Guide(
                        prompt,
                        against,
                        request.guidance(),
                        beside,
                        instructed ? edit.sourceGuidance() : 1);
        double strength = instructed ? 1 : edit.strength();
        // All of a picture that is to change does not need the picture, except where nothing else
        // says what it is.
        boolean starts = !instructed && (strength < 1 || mask == null && !painted);
        boolean[] renewed =
                mask == null || painted
                        ? new boolean[0]
                        : mask.resized(size.width(), size.height()).renewed();
        return new Preparation(
                guide,
                new Original(encoder.scaled(latents), starts, renewed),
                strength,
                mask == null ? null : source,
                mask);
    }

    /** The picture, with the source's own pixels outside of the mask. */
    Picture restored(Picture picture) {
        if (source == null || mask == null) {
            return picture;
        }
        boolean[] renewed = mask.resized(picture.width(), picture.height()).renewed();
        byte[] rgb = source.rgb().clone();
        for (int i = 0; i < renewed.length; i++) {
            if (renewed[i]) {
                System.arraycopy(picture.rgb(), 3 * i, rgb, 3 * i, 3);
            }
        }
        return new Picture(picture.width(), picture.height(), rgb);
    }

    /** Pictures as the UNet sees them. */
    private record Encoder(DiffusionModel model, LatentSize size) {
        float[] encode(float[] pixels) {
            return model.encode(pixels, size);
        }

        float[] scaled(float[] latents) {
            DiffusionFacts facts = model.facts();
            float[] scaled = new float[latents.length];
            for (int i = 0; i < latents.length; i++) {
                scaled[i] = (float) ((latents[i] - facts.shift()) * facts.scale());
            }
            return scaled;
        }

        float[] besideWithoutSource(ModelInputs inputs) {
            return switch (inputs) {
                case LATENTS -> new float[0];
                case LATENTS_AND_SOURCE ->
                        new float[model.facts().latentChannels() * size.positions()];
                case LATENTS_MASK_AND_SOURCE -> {
                    int factor = model.facts().factor();
                    yield maskAndSource(new float[3 * size.positions() * factor * factor], null);
                }
            };
        }

        /** The mask as a channel, and the latents of the picture with grey where it is to be made new. */
        float[] maskAndSource(float[] pixels, @Nullable Mask mask) {
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
}
