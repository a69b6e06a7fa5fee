package holt.api.images;

import static holt.api.fields.Fields.invalid;
import static holt.api.fields.Fields.refuseUnsupported;

import holt.api.RequestRejectedException;
import holt.api.fields.Fields;
import holt.api.models.Endpoint;
import holt.api.models.FindModel;
import holt.api.models.ModelCatalog;
import holt.protocol.Ability;
import holt.protocol.Failure;
import holt.protocol.KnownModel;
import holt.protocol.PictureEdit;
import holt.protocol.PictureFormat;
import holt.protocol.ResponseFormat;
import holt.protocol.Task;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Turns an {@link ImagesRequest} into valid {@link ParsedImages}, or refuses it with the field's name. It reads the source pictures last,
 * after all other fields are valid.
 */
@Component
final class ParseImages {
    /** OpenAI's limit. */
    private static final int LONGEST_PROMPT = 32_000;

    private static final double MOST_GUIDANCE = 100;

    /** OpenAI's limit. */
    private static final int MOST_PICTURES = 16;

    /** Begins the names of OpenAI's models that always answer in base64. */
    private static final String WITHOUT_URLS = "gpt-image-";

    private static final Set<String> OPAQUE = Set.of("", "auto", "opaque");
    private static final Set<Long> NEUTRAL_COMPRESSION = Set.of(0L, 100L);

    private final ImagesSettings settings;
    private final StoreSourcePictures sources;

    ParseImages(ImagesSettings settings, StoreSourcePictures sources) {
        this.settings = settings;
        this.sources = sources;
    }

    /**
     * A request with a picture is an edit, one without is a generation. The route does not count, since a communication node sends either
     * kind to either route. But an empty {@code image} on the route for edits is a mistake.
     */
    ParsedImages parse(ImagesRequest wire, Endpoint endpoint, ModelCatalog catalog) {
        KnownModel model = FindModel.of(model(wire, catalog), KnownModel.Kind.IMAGE, catalog);
        refuseUnsupportedFields(wire);
        String prompt = prompt("prompt", wire.prompt());
        if (prompt.isBlank()) {
            throw invalid("prompt", "required");
        }
        Size size = Size.asked(wire, settings.maxPixels());
        Integer n = Fields.count("n", wire.n(), settings.maxN());
        var task =
                new Task.Images(
                        prompt,
                        prompt("negative_prompt", wire.negativePrompt()),
                        size == null ? null : size.width(),
                        size == null ? null : size.height(),
                        n == null ? 1 : n,
                        steps(wire),
                        guidance(
                                "guidance",
                                wire.guidance(),
                                "guidance_scale",
                                wire.guidanceScale()),
                        wire.seed(),
                        null,
                        Fields.choice(
                                "output_format",
                                wire.outputFormat(),
                                PictureFormat.PNG,
                                List.of(PictureFormat.values()),
                                PictureFormat::label),
                        Fields.choice(
                                "response_format",
                                wire.responseFormat(),
                                usualFormat(wire, model),
                                List.of(ResponseFormat.values()),
                                ResponseFormat::label));
        return new ParsedImages(model, withSource(task, wire, pictures(wire, model), endpoint));
    }

    /** Clients of OpenAI's models of that name know no URLs. */
    private static ResponseFormat usualFormat(ImagesRequest wire, KnownModel model) {
        String asked = wire.model() == null ? "" : wire.model();
        boolean isAlias = !asked.equals(model.name().value());
        return isAlias && asked.startsWith(WITHOUT_URLS)
                ? ResponseFormat.B64_JSON
                : ResponseFormat.URL;
    }

    private static String model(ImagesRequest wire, ModelCatalog catalog) {
        String name = wire.model();
        if (name != null && !name.isBlank()) {
            return name;
        }
        // Some clients cannot name a model. With one image model they need not.
        List<String> models =
                catalog.list().stream()
                        .filter(model -> model.kind() == KnownModel.Kind.IMAGE)
                        .map(model -> model.name().value())
                        .toList();
        if (models.size() != 1) {
            throw new RequestRejectedException(
                    Failure.MODEL_NOT_FOUND,
                    "model: required, since there are " + models.size() + " image models",
                    "model",
                    null);
        }
        return models.getFirst();
    }

    private static void refuseUnsupportedFields(ImagesRequest wire) {
        refuseUnsupported("stream", Boolean.TRUE.equals(wire.stream()));
        refuseUnsupported("markup", Fields.isSet(wire.markup()));
        refuseUnsupported("output_format", "webp".equals(wire.outputFormat()));
        String background = wire.background();
        refuseUnsupported("background", background != null && !OPAQUE.contains(background));
        Long compression = wire.outputCompression();
        refuseUnsupported(
                "output_compression",
                compression != null && !NEUTRAL_COMPRESSION.contains(compression));
    }

    private static String prompt(String param, @Nullable String text) {
        if (text != null && text.length() > LONGEST_PROMPT) {
            throw new RequestRejectedException(
                    Failure.CONTEXT_LENGTH_EXCEEDED,
                    param + ": must have at most " + LONGEST_PROMPT + " characters",
                    param,
                    null);
        }
        return text == null ? "" : text;
    }

    private @Nullable Integer steps(ImagesRequest wire) {
        Integer steps = Fields.count("steps", wire.steps(), settings.maxSteps());
        Integer step = Fields.count("step", wire.step(), settings.maxSteps());
        return steps != null ? steps : step;
    }

    /** Reads the field, or else its other name. 0 is a value: no guidance. */
    private static @Nullable Double guidance(
            String param, @Nullable Double value, String other, @Nullable Double otherValue) {
        double first = Fields.within(param, value, 0, 0, MOST_GUIDANCE);
        double second = Fields.within(other, otherValue, 0, 0, MOST_GUIDANCE);
        if (value != null) {
            return first;
        }
        return otherValue == null ? null : second;
    }

    /** 0 is no valid strength, since nothing may change then. */
    private static @Nullable Double strength(@Nullable Double strength) {
        if (strength == null) {
            return null;
        }
        if (strength == 0) {
            throw invalid("strength", "must be above 0 and at most 1");
        }
        return strength;
    }

    /** Those of the first of the three fields that has some. */
    private static List<PictureInput> pictures(ImagesRequest wire, KnownModel model) {
        List<PictureInput> image = pictures("image", wire.image(), model);
        List<PictureInput> images = pictures("images", wire.images(), model);
        List<PictureInput> file = pictures("file", wire.file(), model);
        return !image.isEmpty() ? image : !images.isEmpty() ? images : file;
    }

    private static List<PictureInput> pictures(
            String field, @Nullable Object value, KnownModel model) {
        List<PictureInput> pictures = PictureInput.all(field, value);
        if (pictures.size() > MOST_PICTURES) {
            throw invalid(field, "must have at most " + MOST_PICTURES + " pictures");
        }
        if (pictures.size() > 1 && !model.abilities().contains(Ability.SEVERAL_IMAGES)) {
            throw new RequestRejectedException(
                    Failure.UNSUPPORTED_PARAMETER,
                    field
                            + ": must be one picture, since the model lacks "
                            + Ability.SEVERAL_IMAGES.label(),
                    field,
                    null);
        }
        return pictures;
    }

    private Task.Images withSource(
            Task.Images task, ImagesRequest wire, List<PictureInput> pictures, Endpoint endpoint) {
        Fields.within("strength", wire.strength(), 1, 0, 1);
        Double sourceGuidance =
                guidance(
                        "image_guidance",
                        wire.imageGuidance(),
                        "image_guidance_scale",
                        wire.imageGuidanceScale());
        PictureInput mask = PictureInput.one("mask", wire.mask());
        if (pictures.isEmpty()) {
            boolean meant = wire.image() != null || wire.images() != null;
            if (mask != null || (endpoint == Endpoint.EDITS && meant)) {
                throw invalid("image", "required");
            }
            return task;
        }
        Double strength = strength(wire.strength());
        StoreSourcePictures.Stored stored = sources.store(pictures, mask);
        var edit =
                new PictureEdit(
                        stored.source(), stored.further(), stored.mask(), strength, sourceGuidance);
        Integer width = task.width();
        Integer height = task.height();
        Size size =
                width == null || height == null
                        ? Size.like(stored.width(), stored.height(), settings.maxPixels())
                        : new Size(width, height);
        return task.edited(edit, size.width(), size.height());
    }
}
