package holt.api.images;

import holt.api.fields.FormFields;
import org.jspecify.annotations.Nullable;

/**
 * The raw request for images, from JSON or from a form. A field is an {@code Object} if it may have several types.
 *
 * <p>Some clients use other names: {@code images} or {@code file} for {@code image}, {@code step} for {@code steps}, {@code guidance_scale} for
 * {@code guidance} and {@code image_guidance_scale} for {@code image_guidance}.
 */
record ImagesRequest(
        @Nullable String model,
        @Nullable String prompt,
        @Nullable String negativePrompt,
        @Nullable Object image,
        @Nullable Object images,
        @Nullable Object file,
        @Nullable Object mask,
        @Nullable Object markup,
        @Nullable Long n,
        @Nullable String size,
        @Nullable Long width,
        @Nullable Long height,
        @Nullable Long steps,
        @Nullable Long step,
        @Nullable Double guidance,
        @Nullable Double guidanceScale,
        @Nullable Double imageGuidance,
        @Nullable Double imageGuidanceScale,
        @Nullable Double strength,
        @Nullable Long seed,
        @Nullable String responseFormat,
        @Nullable String outputFormat,
        @Nullable Long outputCompression,
        @Nullable String background,
        @Nullable Boolean stream) {

    static ImagesRequest of(FormFields form) {
        return new ImagesRequest(
                form.text("model"),
                form.text("prompt"),
                form.text("negative_prompt"),
                form.all("image"),
                form.all("images"),
                form.all("file"),
                form.all("mask"),
                form.all("markup"),
                form.integer("n"),
                form.text("size"),
                form.integer("width"),
                form.integer("height"),
                form.integer("steps"),
                form.integer("step"),
                form.number("guidance"),
                form.number("guidance_scale"),
                form.number("image_guidance"),
                form.number("image_guidance_scale"),
                form.number("strength"),
                form.integer("seed"),
                form.text("response_format"),
                form.text("output_format"),
                form.integer("output_compression"),
                form.text("background"),
                form.bool("stream"));
    }
}
