package holt.engine.image;

import holt.engine.diffusion.Conditioning;
import holt.engine.diffusion.DiffusionModel;
import holt.engine.diffusion.LatentSize;
import holt.engine.image.denoising.ClassifierFreeGuidance;
import holt.engine.image.denoising.SourceEncoder;
import holt.engine.image.denoising.SourceLatents;
import holt.engine.image.picture.Mask;
import holt.engine.image.picture.Picture;
import holt.engine.image.picture.Pixels;
import holt.engine.image.picture.ResizePicture;
import org.jspecify.annotations.Nullable;

/**
 * What all pictures of a request share: encoded prompts and the encoded source of an edit.
 *
 * @param strength the part of the denoising loop to run, above 0 up to 1
 * @param source in the size of the pictures; null without an edit
 * @param mask null = the whole picture may change
 */
record PreparedImages(
        ClassifierFreeGuidance guidance,
        SourceLatents sourceLatents,
        double strength,
        @Nullable Picture source,
        @Nullable Mask mask) {
    static PreparedImages of(ImageRequest request, LatentSize size, DiffusionModel model) {
        Edit edit = request.edit();
        SourceEncoder encoder = new SourceEncoder(model, size);
        if (edit == null) {
            float[] channels = encoder.channelsWithoutSource();
            return new PreparedImages(
                    guidance(request, model, channels, 1), SourceLatents.NONE, 1, null, null);
        }
        return of(request, edit, encoder);
    }

    private static PreparedImages of(ImageRequest request, Edit edit, SourceEncoder encoder) {
        DiffusionModel model = encoder.model();
        Picture source = ResizePicture.to(edit.source(), request.width(), request.height());
        Mask mask = edit.mask();
        float[] pixels = Pixels.of(source);
        float[] latents = encoder.encode(pixels);
        float[] scaled = encoder.scaled(latents);
        boolean[] all = new boolean[0];
        boolean[] mayChange =
                mask == null
                        ? all
                        : mask.resized(encoder.size().width(), encoder.size().height()).renewed();
        // Inpainting and instruction models see the source in extra channels. They start from it
        // only if the strength is
        // below 1.
        return switch (model.facts().inputs()) {
            case LATENTS -> {
                boolean starts = edit.strength() < 1 || mask == null;
                yield new PreparedImages(
                        guidance(request, model, new float[0], 1),
                        new SourceLatents(scaled, starts, mayChange),
                        edit.strength(),
                        source,
                        mask);
            }
            case LATENTS_AND_SOURCE ->
                    new PreparedImages(
                            guidance(request, model, latents, edit.sourceGuidance()),
                            new SourceLatents(scaled, false, mayChange),
                            1,
                            source,
                            mask);
            case LATENTS_MASK_AND_SOURCE ->
                    new PreparedImages(
                            guidance(request, model, encoder.maskAndSource(pixels, mask), 1),
                            new SourceLatents(scaled, edit.strength() < 1, all),
                            edit.strength(),
                            source,
                            mask);
        };
    }

    /** @param channels that the UNet sees beside the latents */
    private static ClassifierFreeGuidance guidance(
            ImageRequest request, DiffusionModel model, float[] channels, double sourceGuidance) {
        Conditioning prompt = model.condition(request.prompt());
        boolean guided = request.guidance() > 1;
        Conditioning negative = guided ? model.conditionNegative(request.negativePrompt()) : prompt;
        return new ClassifierFreeGuidance(
                prompt, negative, request.guidance(), channels, sourceGuidance);
    }

    /** The picture with the source's own pixels outside of the mask. */
    Picture keepOutsideMask(Picture picture) {
        return source == null || mask == null ? picture : mask.keepingOutside(source, picture);
    }
}
