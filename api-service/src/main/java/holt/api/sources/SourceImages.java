package holt.api.sources;

import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.springframework.stereotype.Component;

/** Reads clients' pictures. */
@Component
public final class SourceImages {
    /**
     * A picture by reference.
     *
     * @param field of the request, for its refusal
     * @throws RequestRejectedException {@code INVALID_IMAGE_URL} or {@code INVALID_IMAGE}
     */
    public SourceImage read(String reference, String field) {
        int comma = reference.indexOf(',');
        if (!reference.startsWith("data:") || comma < 0) {
            throw rejected(Failure.INVALID_IMAGE_URL, field, "a data: URI expected");
        }
        try {
            return read(Base64.getDecoder().decode(reference.substring(comma + 1)), field);
        } catch (IllegalArgumentException e) {
            throw rejected(Failure.INVALID_IMAGE_URL, field, "base64 expected");
        }
    }

    /** An uploaded picture. */
    public SourceImage read(byte[] part, String field) {
        try {
            BufferedImage image =
                    ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(part)));
            if (image == null) {
                throw rejected(Failure.INVALID_IMAGE, field, "a picture expected");
            }
            var png = new ByteArrayOutputStream();
            try (var out = new MemoryCacheImageOutputStream(png)) {
                ImageIO.write(image, "png", out);
            }
            return new SourceImage(png.toByteArray(), image.getWidth(), image.getHeight());
        } catch (IOException e) {
            throw rejected(Failure.INVALID_IMAGE, field, "a picture expected");
        }
    }

    private static RequestRejectedException rejected(Failure failure, String field, String why) {
        return new RequestRejectedException(failure, field + ": " + why, field, null);
    }
}
