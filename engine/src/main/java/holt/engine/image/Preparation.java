package holt.engine.image;

import holt.engine.diffusion.Conditioning;
import holt.engine.diffusion.DiffusionModel;
import holt.engine.diffusion.LatentSize;
import org.jspecify.annotations.Nullable;

/**
 * What all pictures of a request have in common before their first step.
 *
 * @param strength of the loop
 * @param source what the pictures keep outside of the mask
 * @param mask null = all of it is made new
 */
record Preparation(
        ClassifierFreeGuidance guide,
        Original original,
        double strength,
        @Nullable Picture source,
        @Nullable Mask mask) {

    static Preparation of(ImageRequest request, LatentSize size, DiffusionModel model) {
        Edit edit = request.edit();
        SourceEncoder encoder = new SourceEncoder(model, size);
        if (edit == null) {
            float[] beside = encoder.besideWithoutSource(model.facts().inputs());
            return new Preparation(guide(request, model, beside, 1), Original.NONE, 1, null, null);
        }
        return of(request, edit, encoder);
    }

    private static Preparation of(ImageRequest request, Edit edit, SourceEncoder encoder) {
        DiffusionModel model = encoder.model();
        Picture source = ResizePicture.to(edit.source(), request.width(), request.height());
        Mask mask = edit.mask();
        float[] pixels = Pixels.of(source);
        float[] latents = encoder.encode(pixels);
        boolean[] all = new boolean[0];
        boolean[] renewed =
                mask == null
                        ? all
                        : mask.resized(encoder.size().width(), encoder.size().height()).renewed();
        // A model that sees the source beside the latents needs nothing of it in them, unless less
        // may change.
        return switch (model.facts().inputs()) {
            case LATENTS -> {
                boolean starts = edit.strength() < 1 || mask == null;
                var original = new Original(encoder.scaled(latents), starts, renewed);
                ClassifierFreeGuidance guide = guide(request, model, new float[0], 1);
                yield new Preparation(guide, original, edit.strength(), source, mask);
            }
            case LATENTS_AND_SOURCE -> {
                var original = new Original(encoder.scaled(latents), false, renewed);
                ClassifierFreeGuidance guide =
                        guide(request, model, latents, edit.sourceGuidance());
                yield new Preparation(guide, original, 1, source, mask);
            }
            case LATENTS_MASK_AND_SOURCE -> {
                boolean starts = edit.strength() < 1;
                var original = new Original(encoder.scaled(latents), starts, all);
                ClassifierFreeGuidance guide =
                        guide(request, model, encoder.maskAndSource(pixels, mask), 1);
                yield new Preparation(guide, original, edit.strength(), source, mask);
            }
        };
    }

    private static ClassifierFreeGuidance guide(
            ImageRequest request, DiffusionModel model, float[] beside, double sourceGuidance) {
        Conditioning prompt = model.condition(request.prompt());
        boolean guided = request.guidance() > 1;
        Conditioning against = guided ? model.conditionAgainst(request.against()) : prompt;
        return new ClassifierFreeGuidance(
                prompt, against, request.guidance(), beside, sourceGuidance);
    }

    /** The picture, with the source's own pixels outside of the mask. */
    Picture restored(Picture picture) {
        return source == null || mask == null ? picture : mask.keepingOutside(source, picture);
    }
}
