package holt.api.images;

import static holt.api.fields.Fields.invalid;

import holt.api.RequestRejectedException;
import holt.api.sources.SourceImage;
import holt.api.sources.SourceImages;
import holt.protocol.Failure;
import holt.protocol.StoredObject;
import holt.store.ClaimCheck;
import holt.store.StoreUnavailableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the pictures that a request starts from, and puts them where its worker finds them. */
@Component
final class TakeSources {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** Where a PNG says of what its pixels consist, and the bit that stands for transparency (PNG 3, section 11.2.1). */
    private static final int COLOUR_TYPE = 25;

    private static final int HAS_ALPHA = 4;

    private final SourceImages images;
    private final ClaimCheck claims;

    TakeSources(SourceImages images, ClaimCheck claims) {
        this.images = images;
        this.claims = claims;
    }

    /**
     * What was stored.
     *
     * @param width of the source
     */
    record Taken(StoredObject source, @Nullable StoredObject mask, int width, int height) {}

    /** @throws RequestRejectedException if a picture cannot be had or read, the mask does not fit, or the store is away */
    Taken take(GivenPicture source, @Nullable GivenPicture mask) {
        try {
            SourceImage picture = source.read(images);
            SourceImage part = mask == null ? null : mask.read(images);
            if (part != null) {
                check(part, picture);
            }
            return new Taken(
                    claims.put(picture.png()),
                    part == null ? null : claims.put(part.png()),
                    picture.width(),
                    picture.height());
        } catch (StoreUnavailableException e) {
            throw new RequestRejectedException(
                    Failure.STORAGE_UNAVAILABLE,
                    "the object store is away; try again later",
                    null,
                    RETRY_AFTER);
        }
    }

    private static void check(SourceImage mask, SourceImage picture) {
        if (mask.width() != picture.width() || mask.height() != picture.height()) {
            throw invalid(
                    "mask",
                    "the size of the image, %dx%d, expected"
                            .formatted(picture.width(), picture.height()));
        }
        if ((mask.png()[COLOUR_TYPE] & HAS_ALPHA) == 0) {
            throw invalid("mask", "a PNG whose transparent part is to be edited expected");
        }
    }
}
