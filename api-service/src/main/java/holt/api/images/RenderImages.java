package holt.api.images;

import holt.api.RequestRejectedException;
import holt.api.files.FileUrls;
import holt.api.jobs.EndedJob;
import holt.api.jobs.RenderOutcome;
import holt.protocol.Failure;
import holt.protocol.Outcome;
import holt.protocol.ResponseFormat;
import holt.store.ObjectNotFoundException;
import holt.store.ObjectStore;
import holt.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Renders the outcome of a request for images: URLs, signed anew each time, or the stored pictures in base64. */
@Component
final class RenderImages implements RenderOutcome {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final FileUrls urls;
    private final ObjectStore store;

    RenderImages(FileUrls urls, ObjectStore store) {
        this.urls = urls;
        this.store = store;
    }

    @Override
    public @Nullable Object body(EndedJob job, String base) {
        if (!(job.outcome() instanceof Outcome.ImagesCompleted completed)) {
            return null;
        }
        return ImagesReply.of(
                job.created().getEpochSecond(),
                completed.pictures().stream()
                        .map(picture -> datum(picture, completed.responseFormat(), base))
                        .toList(),
                completed);
    }

    private ImagesReply.Datum datum(Outcome.Picture picture, ResponseFormat format, String base) {
        return switch (format) {
            case URL -> new ImagesReply.Datum(urls.url(picture.key(), base), null);
            case B64_JSON ->
                    new ImagesReply.Datum(
                            null, Base64.getEncoder().encodeToString(bytes(picture.key())));
        };
    }

    private byte[] bytes(String key) {
        try {
            return store.get(key);
        } catch (StoreUnavailableException e) {
            throw new RequestRejectedException(
                    Failure.STORAGE_UNAVAILABLE,
                    "the object store is unavailable; the pictures are kept, get the job again later",
                    null,
                    RETRY_AFTER);
        } catch (ObjectNotFoundException e) {
            throw new RequestRejectedException(Failure.SERVER_ERROR, "the pictures were deleted");
        }
    }
}
