package holt.api.chat;

import static holt.api.fields.Fields.invalid;

import holt.api.sources.ReadSourceFiles;
import holt.api.sources.ReadSourceImages;
import holt.api.sources.decode.EncodedImage;
import holt.protocol.Media;
import holt.store.ClaimCheck;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Reads pictures, sounds and files, and puts them into the object store, where the worker reads them. */
@Component
final class StoreMedia implements ReadMedia {
    private final ReadSourceImages images;
    private final ClaimCheck claims;

    StoreMedia(ReadSourceImages images, ClaimCheck claims) {
        this.images = images;
        this.claims = claims;
    }

    @Override
    public Media read(MediaPart part) {
        return switch (part.kind()) {
            case PICTURE -> {
                EncodedImage picture = images.encodeAnew(part.data(), part.field());
                yield media(part, picture.type(), picture.bytes());
            }
            case AUDIO -> sound(part);
            case FILE -> {
                var file = ReadSourceFiles.read(part.data(), part.field());
                yield media(part, file.type(), file.bytes());
            }
        };
    }

    private Media sound(MediaPart part) {
        byte[] bytes = ReadSourceFiles.read(part.data(), part.field()).bytes();
        boolean wav = "wav".equals(part.format());
        if (wav != isWav(bytes)) {
            throw invalid(part.field(), "is no " + Objects.requireNonNull(part.format()));
        }
        return media(part, wav ? "audio/wav" : "audio/mpeg", bytes);
    }

    private static boolean isWav(byte[] bytes) {
        String start =
                new String(bytes, 0, Math.min(12, bytes.length), StandardCharsets.ISO_8859_1);
        return start.startsWith("RIFF") && start.endsWith("WAVE");
    }

    private Media media(MediaPart part, String type, byte[] bytes) {
        return new Media(
                part.at(), part.kind(), type, part.name(), part.detail(), claims.put(bytes));
    }
}
