package holt.api.chat;

import holt.api.models.ModelCatalog;
import holt.protocol.Media;
import holt.protocol.Sha256;
import holt.protocol.StoredObject;
import java.nio.charset.StandardCharsets;

/** Parses chats in tests. What they show is stored nowhere; each piece counts its text. */
public final class TestChats {
    private TestChats() {}

    public static ParseChat of(ModelCatalog catalog) {
        return new ParseChat(catalog, TestChats::read);
    }

    static Media read(MediaPart part) {
        byte[] bytes = part.data().getBytes(StandardCharsets.UTF_8);
        return new Media(
                part.at(),
                part.kind(),
                "test/" + part.format(),
                part.name(),
                part.detail(),
                new StoredObject("k", bytes.length, Sha256.hex(bytes)));
    }
}
