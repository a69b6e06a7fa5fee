package holt.worker.remote;

import static java.nio.charset.StandardCharsets.US_ASCII;

import holt.protocol.Ability;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Asks an engine by small requests what one of its models can do. An engine that does not answer them cannot. */
final class ProbeModel {
    private static final JsonMapper JSON = new JsonMapper();

    /** 32 by 32 blue pixels. */
    private static final String PICTURE =
            "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAIAAAD8GO2jAAAAJklEQVR4nO3NsQkAAAjAsP7/tF7hIASyp5pjAoFAIBAIBAKB4EmwOkv8Lm7+zY4AAAAASUVORK5CYII=";

    /** A model on a CPU takes seconds for its first picture. */
    private static final Duration READ_WITHIN = Duration.ofSeconds(20);

    private final CallEngine call;
    private final String own;

    /** @param own the engine's name of the model */
    ProbeModel(CallEngine call, String own) {
        this.call = call;
        this.own = own;
    }

    /** How many numbers its vectors have; 0: it makes none. */
    int dimensions() throws InterruptedException {
        try {
            var response = call.ask("/v1/embeddings", body(Map.of("input", "a")));
            return response.statusCode() == 200
                    ? ReadJson.of(response.body()).path("data").path(0).path("embedding").size()
                    : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Whether it answers a chat of one token. */
    boolean chats() throws InterruptedException {
        List<Map<String, String>> messages = List.of(Map.of("role", "user", "content", "a"));
        return status("/v1/chat/completions", Map.of("messages", messages, "max_tokens", 1)) == 200;
    }

    /** Whether it goes on with plain prompts: an engine that does misses the prompt here. */
    boolean completes() throws InterruptedException {
        int status = status("/v1/completions", Map.of());
        return status == 400 || status == 422;
    }

    /** Whether it answers a chat of one token with a picture, or with a sound. Many engines ignore such a part, so only some can be asked. */
    boolean reads(Ability sense) throws InterruptedException {
        Map<String, Object> part =
                sense == Ability.VISION
                        ? Map.of("type", "image_url", "image_url", Map.of("url", PICTURE))
                        : Map.of(
                                "type",
                                "input_audio",
                                "input_audio",
                                Map.of("data", silence(), "format", "wav"));
        List<Map<String, Object>> messages =
                List.of(
                        Map.of(
                                "role",
                                "user",
                                "content",
                                List.of(Map.of("type", "text", "text", "a"), part)));
        try {
            return call.ask(
                                    "/v1/chat/completions",
                                    body(Map.of("messages", messages, "max_tokens", 1)),
                                    READ_WITHIN)
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** A WAV of a tenth of a second, with 16 bits at 16 kHz. */
    private static String silence() {
        int bytes = 3200;
        var wav = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(US_ASCII)).putInt(36 + bytes).put("WAVEfmt ".getBytes(US_ASCII));
        wav.putInt(16).putShort((short) 1).putShort((short) 1).putInt(16_000).putInt(32_000);
        wav.putShort((short) 2).putShort((short) 16).put("data".getBytes(US_ASCII)).putInt(bytes);
        return Base64.getEncoder().encodeToString(wav.array());
    }

    private int status(String route, Map<String, Object> fields) throws InterruptedException {
        try {
            return call.ask(route, body(fields)).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    private byte[] body(Map<String, Object> fields) {
        var all = new LinkedHashMap<String, Object>(fields);
        all.put("model", own);
        return JSON.writeValueAsBytes(all);
    }
}
