package holt.engine.image;

import holt.engine.EngineFailure;
import java.util.Optional;

/** Checks whether a model supports a request. */
final class CheckImageRequest {
    private CheckImageRequest() {}

    /** Why the model refuses the request; empty if it supports it. */
    static Optional<EngineFailure.Refused> refusal(ImageRequest request, ImageModelInfo info) {
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
                    "%d x %d exceeds the model's limit of %d pixels"
                            .formatted(request.width(), request.height(), info.maxPixels()));
        }
        if (request.steps() > info.maxSteps()) {
            return refused(
                    "steps",
                    "must be at most %d, not %d".formatted(info.maxSteps(), request.steps()));
        }
        return Optional.empty();
    }

    private static Optional<EngineFailure.Refused> refused(String field, String detail) {
        return Optional.of(new EngineFailure.Refused(field, detail));
    }
}
