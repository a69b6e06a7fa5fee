package holt.engine.image;

import java.util.Optional;

/** What a model cannot do, by the field that asks for it. */
final class Refusal {
    private Refusal() {}

    static Optional<ImageFailure.Refused> of(ImageRequest request, ImageModelInfo info) {
        int step = info.sizeStep();
        if (request.width() % step != 0 || request.height() % step != 0) {
            return refused(
                    "size",
                    "width and height must be multiples of %d, not %d and %d"
                            .formatted(step, request.width(), request.height()));
        }
        if ((long) request.width() * request.height() > info.maxPixels()) {
            return refused(
                    "size",
                    "%d x %d are more pixels than the %d that this model may make"
                            .formatted(request.width(), request.height(), info.maxPixels()));
        }
        if (request.steps() > info.maxSteps()) {
            return refused(
                    "steps",
                    "at most %d steps are possible, not %d"
                            .formatted(info.maxSteps(), request.steps()));
        }
        return Optional.empty();
    }

    private static Optional<ImageFailure.Refused> refused(String field, String detail) {
        return Optional.of(new ImageFailure.Refused(field, detail));
    }
}
