package holt.worker.remote;

import holt.protocol.ChatMessage;
import holt.protocol.Media;
import holt.protocol.StoredObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Writes a message with pictures, sounds or files as parts of OpenAI's API. The engine gets their bytes, and no address. */
final class ContentParts {
    private static final String WAV = "audio/wav";

    private ContentParts() {}

    /**
     * The parts in their order.
     *
     * @param read reads the bytes of a part
     */
    static List<Map<String, Object>> of(
            ChatMessage message, List<Media> media, Function<StoredObject, byte[]> read) {
        var parts = new ArrayList<Map<String, Object>>();
        int written = 0;
        for (Media each : media) {
            text(message.content().substring(written, each.at()), parts);
            written = each.at();
            parts.add(part(each, Base64.getEncoder().encodeToString(read.apply(each.data()))));
        }
        text(message.content().substring(written), parts);
        return parts;
    }

    private static void text(String text, List<Map<String, Object>> parts) {
        if (!text.isEmpty()) {
            parts.add(Map.of("type", "text", "text", text));
        }
    }

    private static Map<String, Object> part(Media media, String base64) {
        String uri = "data:" + media.type() + ";base64," + base64;
        return switch (media.kind()) {
            case PICTURE -> {
                var url = new LinkedHashMap<String, Object>();
                url.put("url", uri);
                if (media.detail() != null) {
                    url.put("detail", media.detail());
                }
                yield Map.of("type", "image_url", "image_url", url);
            }
            case AUDIO ->
                    Map.of(
                            "type",
                            "input_audio",
                            "input_audio",
                            Map.of(
                                    "data",
                                    base64,
                                    "format",
                                    media.type().equals(WAV) ? "wav" : "mp3"));
            case FILE -> {
                var file = new LinkedHashMap<String, Object>();
                file.put("filename", media.name() == null ? "file" : media.name());
                file.put("file_data", uri);
                yield Map.of("type", "file", "file", file);
            }
        };
    }
}
