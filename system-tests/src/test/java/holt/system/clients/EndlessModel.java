package holt.system.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The built-in model without an end-of-sequence token. It writes until its context is full or a client stops it. */
final class EndlessModel {
    static final String NAME = "holt-endless";

    private static final JsonMapper JSON = new JsonMapper();

    private EndlessModel() {}

    /**
     * Writes {@code models/holt-endless}.
     *
     * @param chat the folder of {@code holt-chat}
     */
    static void write(Path chat, Path models) throws IOException {
        Path folder = Files.createDirectories(models.resolve(NAME));
        for (String same : new String[] {"model.safetensors", "tokenizer.json"}) {
            Files.copy(chat.resolve(same), folder.resolve(same));
        }
        without("eos_token_id", chat.resolve("config.json"), folder.resolve("config.json"));
        without(
                "eos_token",
                chat.resolve("tokenizer_config.json"),
                folder.resolve("tokenizer_config.json"));
    }

    private static void without(String key, Path from, Path to) {
        var json = (ObjectNode) JSON.readTree(from);
        json.remove(key);
        JSON.writeValue(to, json);
    }
}
