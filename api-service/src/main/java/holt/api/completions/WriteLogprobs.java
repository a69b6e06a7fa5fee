package holt.api.completions;

import holt.protocol.TokenLogprobs;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the log probabilities of one answer, from its beginning on. */
final class WriteLogprobs {
    private final ByteArrayOutputStream incomplete = new ByteArrayOutputStream(); // of a character
    private boolean unpredicted; // whether the next token is the first of an echoed prompt
    private int offset;

    /** @param echo whether the answer begins with its prompt */
    WriteLogprobs(boolean echo) {
        this.unpredicted = echo;
    }

    /** The next tokens. Returns null if the client wants none. */
    @Nullable CompletionLogprobs write(@Nullable List<TokenLogprobs> scored) {
        if (scored == null) {
            return null;
        }
        List<String> tokens = new ArrayList<>();
        List<@Nullable Double> logprobs = new ArrayList<>();
        List<@Nullable Map<String, Double>> tops = new ArrayList<>();
        List<Integer> offsets = new ArrayList<>();
        for (TokenLogprobs token : scored) {
            tokens.add(spelling(token.chosen()));
            logprobs.add(unpredicted ? null : token.chosen().logprob());
            tops.add(unpredicted ? null : top(token));
            offsets.add(offset);
            offset += characters(token.chosen());
            unpredicted = false;
        }
        return new CompletionLogprobs(tokens, logprobs, tops, offsets);
    }

    private static Map<String, Double> top(TokenLogprobs token) {
        Map<String, Double> top = new LinkedHashMap<>();
        token.top().forEach(other -> top.put(spelling(other), other.logprob()));
        top.put(spelling(token.chosen()), token.chosen().logprob());
        return top;
    }

    /** The token's text. If it is a part of a character, its bytes, as OpenAI writes them, so that no two tokens look alike. */
    private static String spelling(TokenLogprobs.TokenLogprob token) {
        List<Integer> bytes = token.bytes();
        if (bytes == null || text(raw(bytes)) != null) {
            return token.token();
        }
        var spelled = new StringBuilder("bytes:");
        bytes.forEach(each -> spelled.append("\\x%02x".formatted(each)));
        return spelled.toString();
    }

    /** How many characters the token completes. A special token is no text. */
    private int characters(TokenLogprobs.TokenLogprob token) {
        if (token.bytes() == null) {
            return 0;
        }
        incomplete.writeBytes(raw(token.bytes()));
        String text = text(incomplete.toByteArray());
        if (text == null) {
            return 0;
        }
        incomplete.reset();
        return text.length();
    }

    private static byte[] raw(List<Integer> unsigned) {
        byte[] bytes = new byte[unsigned.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = unsigned.get(i).byteValue();
        }
        return bytes;
    }

    /** Null if the bytes are no whole characters. */
    private static @Nullable String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
