package holt.api.images;

import static holt.api.fields.Fields.invalid;

import holt.api.RequestRejectedException;
import holt.api.sources.ReadSourceImages;
import holt.api.sources.decode.SourceImage;
import holt.protocol.StoredObject;
import holt.store.ClaimCheck;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads a request's source pictures and puts them into the object store, where the worker reads them. */
@Component
final class StoreSourcePictures {
    /** Offset of a PNG's colour type, and its bit for an alpha channel (PNG 3, section 11.2.1). */
    private static final int COLOUR_TYPE = 25;

    private static final int HAS_ALPHA = 4;

    private final ReadSourceImages images;
    private final ClaimCheck claims;

    StoreSourcePictures(ReadSourceImages images, ClaimCheck claims) {
        this.images = images;
        this.claims = claims;
    }

    /**
     * The stored pictures.
     *
     * @param further than the first
     * @param mask of the first
     * @param width of the first
     */
    record Stored(
            StoredObject source,
            List<StoredObject> further,
            @Nullable StoredObject mask,
            int width,
            int height) {}

    /**
     * Stores a request's pictures.
     *
     * @param sources at least one
     * @param mask of the first
     * @throws RequestRejectedException if a picture cannot be fetched or decoded, or the mask does not fit
     * @throws holt.store.StoreUnavailableException if the store does not take them
     */
    Stored store(List<PictureInput> sources, @Nullable PictureInput mask) {
        SourceImage picture = sources.getFirst().read(images);
        SourceImage part = mask == null ? null : mask.read(images);
        if (part != null) {
            check(part, picture);
        }
        return new Stored(
                claims.put(picture.png()),
                sources.stream()
                        .skip(1)
                        .map(other -> claims.put(other.read(images).png()))
                        .toList(),
                part == null ? null : claims.put(part.png()),
                picture.width(),
                picture.height());
    }

    private static void check(SourceImage mask, SourceImage picture) {
        if (mask.width() != picture.width() || mask.height() != picture.height()) {
            throw invalid(
                    "mask",
                    "must have the size of the image, %dx%d"
                            .formatted(picture.width(), picture.height()));
        }
        if ((mask.png()[COLOUR_TYPE] & HAS_ALPHA) == 0) {
            throw invalid("mask", "must be a PNG whose transparent part marks what to edit");
        }
    }
}
