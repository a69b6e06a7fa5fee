package holt.engine.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The tokens of a tokenizer.json and their texts. */
final class Vocabulary {
    private static final char SPACE = '\u2581'; // as SentencePiece spells it
    private static final Pattern BYTE = Pattern.compile("<0x([0-9A-F]{2})>");

    private final Map<Long, String> pieces = new HashMap<>(); // in the model's spelling
    private final Map<Long, String> added = new HashMap<>(); // as plain text
    private final Set<Long> special = new HashSet<>();
    private final boolean byteLevel; // each byte is one character
    private final boolean byteFallback; // unknown characters are spelled as bytes
    private final int longestBytes;

    Vocabulary(JsonNode tokenizer) {
        String decoder = tokenizer.path("decoder").toString();
        byteLevel = decoder.contains("\"ByteLevel\"");
        byteFallback = decoder.contains("\"ByteFallback\"");
        JsonNode vocabulary = tokenizer.path("model").path("vocab");
        if (vocabulary.isObject()) {
            vocabulary.forEachEntry((piece, id) -> pieces.put(id.asLong(), piece));
        } else {
            vocabulary.forEach(entry -> pieces.put((long) pieces.size(), entry.path(0).asString()));
        }
        for (JsonNode token : tokenizer.path("added_tokens")) {
            long id = token.path("id").asLong();
            added.put(id, token.path("content").asString());
            if (token.path("special").asBoolean(false)) {
                special.add(id);
            }
        }
        int longest = 1;
        for (long id : pieces.keySet()) {
            longest = Math.max(longest, bytes(id).length);
        }
        for (long id : added.keySet()) {
            longest = Math.max(longest, bytes(id).length);
        }
        longestBytes = longest;
    }

    /** The most bytes of text that one token stands for. */
    int longestBytes() {
        return longestBytes;
    }

    /** The text of one token alone; empty for an unknown token. */
    TokenText text(long id) {
        byte[] bytes = bytes(id);
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (special.contains(id)) {
            return new TokenText(text, null);
        }
        List<Integer> unsigned = new ArrayList<>(bytes.length);
        for (byte each : bytes) {
            unsigned.add(Byte.toUnsignedInt(each));
        }
        return new TokenText(text, List.copyOf(unsigned));
    }

    private byte[] bytes(long id) {
        String text = added.get(id);
        if (text != null) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        String piece = pieces.getOrDefault(id, "");
        if (byteLevel) {
            return ByteAlphabet.bytes(piece);
        }
        var spelled = BYTE.matcher(piece);
        if (byteFallback && spelled.matches()) {
            return new byte[] {(byte) Integer.parseInt(spelled.group(1), 16)};
        }
        return piece.replace(SPACE, ' ').getBytes(StandardCharsets.UTF_8);
    }
}
