package holt.api.images;

import holt.api.fields.FormFields;
import org.jspecify.annotations.Nullable;

/**
 * A request for images as it comes, as JSON or as a form. {@code Object} stands where more than one type is allowed.
 *
 * @param file the same as {@code image}, and so are {@code step}, {@code guidanceScale} and {@code imageGuidanceScale} to what stands before
 *     them: words of other clients
 */
record ImagesRequest(
        @Nullable String model,
        @Nullable String prompt,
        @Nullable String negativePrompt,
        @Nullable Object image,
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
