package holt.api.sources;

import holt.api.RequestRejectedException;
import holt.api.sources.decode.SourceImage;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the files that clients bring within their requests. */
public final class ReadSourceFiles {
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern TYPE = Pattern.compile("data:([a-z0-9.+-]+/[a-z0-9.+-]+)[;,].*");

    /** Of a file whose client does not say what it is. */
    private static final String UNKNOWN = "application/octet-stream";

    private ReadSourceFiles() {}

    /**
     * A file as its client sent it.
     *
     * @param type the media type that the client says
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record SourceFile(String type, byte[] bytes) {}

    /**
     * Reads a file. It is not looked into.
     *
     * @param text a {@code data:} URI with base64, or bare base64
     * @param field the field's name
     * @throws RequestRejectedException 400 if it is neither, 413 if it has more than 20 MiB
     */
    public static SourceFile read(String text, String field) {
        String data = text.strip();
        int comma = data.indexOf(',');
        Matcher type = TYPE.matcher(data.substring(0, comma + 1).toLowerCase(Locale.ROOT));
        try {
            byte[] bytes = bytes(data);
            if (bytes.length > SourceImage.MAX_FILE_BYTES) {
                throw RefusedSourceException.tooLarge();
            }
            return new SourceFile(type.matches() ? type.group(1) : UNKNOWN, bytes);
        } catch (RefusedSourceException e) {
            throw e.in(field);
        }
    }

    /** The bytes of a {@code data:} URI or of bare base64. */
    static byte[] bytes(String data) throws RefusedSourceException {
        return base64(data.regionMatches(true, 0, "data:", 0, 5) ? afterComma(data) : data);
    }

    private static String afterComma(String uri) throws RefusedSourceException {
        int comma = uri.indexOf(',');
        if (comma < 0 || !uri.substring(0, comma).toLowerCase(Locale.ROOT).endsWith(";base64")) {
            throw RefusedSourceException.image("the data: URI must be in base64");
        }
        return uri.substring(comma + 1);
    }

    private static byte[] base64(String text) throws RefusedSourceException {
        if (text.length() > SourceImage.MAX_FILE_BYTES * 3L / 2) {
            throw RefusedSourceException.tooLarge();
        }
        boolean forUrls = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
        try {
            return (forUrls ? Base64.getUrlDecoder() : Base64.getDecoder())
                    .decode(SPACE.matcher(text).replaceAll(""));
        } catch (IllegalArgumentException e) {
            throw RefusedSourceException.image("must be a URL or base64");
        }
    }
}
