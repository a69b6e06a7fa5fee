package holt.engine.text;

import holt.engine.text.tools.CallFamily;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ids of tool calls. The same call in the same conversation always has the same id, so that a stream can go on in another process. */
final class CallIds {
    /** The templates of Mistral refuse ids of any other length. */
    private static final int SHORT = 9;

    private CallIds() {}

    static String of(CallFamily family, List<ChatTurn> turns, int choice, int index) {
        byte[] hash = hash(turns, choice, index);
        return switch (family) {
            case MISTRAL -> shorten(new BigInteger(1, hash).toString(Character.MAX_RADIX));
            case HERMES, QWEN_CODER, LLAMA, DEEPSEEK, JSON ->
                    "call_" + HexFormat.of().formatHex(hash, 0, 12);
        };
    }

    /** Nine letters and digits of an id. Nine letters and digits stay as they are. */
    static String shorten(String id) {
        String plain = "0".repeat(SHORT) + id.replaceAll("[^A-Za-z0-9]", "");
        return plain.substring(plain.length() - SHORT);
    }

    /** Each text with its length before it, so that two conversations have the same bytes only if they are equal. */
    private static byte[] hash(List<ChatTurn> turns, int choice, int index) {
        MessageDigest digest = sha256();
        turns.forEach(turn -> add(turn, digest));
        add(choice, digest);
        add(index, digest);
        return digest.digest();
    }

    private static void add(ChatTurn turn, MessageDigest digest) {
        add(turn.role(), digest);
        add(turn.content(), digest);
        add(turn.reasoning(), digest);
        add(turn.toolCalls().size(), digest);
        for (ToolCall call : turn.toolCalls()) {
            add(call.id(), digest);
            add(call.function(), digest);
            add(call.arguments(), digest);
        }
        add(turn.toolCallId(), digest);
        add(turn.name(), digest);
    }

    private static void add(@Nullable String text, MessageDigest digest) {
        if (text == null) {
            add(-1, digest);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        add(bytes.length, digest);
        digest.update(bytes);
    }

    private static void add(int number, MessageDigest digest) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has SHA-256
        }
    }
}
