package holt.standalone.client;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Manages the keys of a running Holt. Every method throws {@link HoltAnswerException} if Holt refuses, or does not answer. */
public final class KeysClient {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String KEYS = "admin/v1/keys";

    private final HoltClient holt;

    /** @param key of the operator; null if none is needed */
    public KeysClient(URI url, @Nullable String key) {
        this.holt = new HoltClient(url, key);
    }

    /** Oldest first. */
    public List<ServedKey> list() {
        List<ServedKey> keys = new ArrayList<>();
        for (JsonNode key : holt.call("GET", KEYS, null).path("data")) {
            keys.add(key(key));
        }
        return keys;
    }

    /**
     * Makes a key.
     *
     * @param team null for none
     * @param scopes empty for the usual one
     * @param seconds after which it expires; null for never
     */
    public ServedKey create(
            String name, @Nullable String team, List<String> scopes, @Nullable Long seconds) {
        ObjectNode body = JSON.createObjectNode().put("name", name);
        if (team != null) {
            body.put("team", team);
        }
        if (!scopes.isEmpty()) {
            body.set("scopes", JSON.valueToTree(scopes));
        }
        if (seconds != null) {
            body.put("expires_in", seconds);
        }
        return key(holt.call("POST", KEYS, body));
    }

    /** Gives the key a new secret. */
    public ServedKey rotate(String id) {
        return key(holt.call("POST", KEYS + "/" + id + "/rotate", JSON.createObjectNode()));
    }

    /**
     * Changes a key's limits.
     *
     * @param limits by their names in requests; the others stay
     */
    public ServedKey limit(String id, Map<String, Object> limits) {
        return key(holt.call("PATCH", KEYS + "/" + id, JSON.valueToTree(limits)));
    }

    public ServedKey revoke(String id) {
        return key(holt.call("DELETE", KEYS + "/" + id, null));
    }

    /** In words. */
    private static String limits(JsonNode limits) {
        List<String> words = new ArrayList<>();
        if (limits.path("weight").asDouble(1) != 1) {
            words.add("weight " + limits.path("weight").asString());
        }
        if (limits.has("concurrency")) {
            words.add(limits.path("concurrency").asString() + " at once");
        }
        if (limits.has("requests_per_minute")) {
            words.add(limits.path("requests_per_minute").asString() + " a minute");
        }
        if (limits.has("tokens_per_minute")) {
            words.add(limits.path("tokens_per_minute").asString() + " tokens a minute");
        }
        if (limits.has("queued")) {
            words.add(limits.path("queued").asString() + " queued");
        }
        words.add(joined(limits.path("lanes")));
        if (limits.has("models")) {
            words.add("only " + joined(limits.path("models")));
        }
        return String.join(", ", words);
    }

    private static String joined(JsonNode names) {
        List<String> words = new ArrayList<>();
        names.forEach(name -> words.add(name.asString()));
        return String.join("+", words);
    }

    private static ServedKey key(JsonNode key) {
        List<String> scopes = new ArrayList<>();
        key.path("scopes").forEach(scope -> scopes.add(scope.asString("")));
        return new ServedKey(
                key.path("id").asString(""),
                key.path("name").asString(""),
                key.path("team").asString(""),
                scopes,
                key.path("status").asString(""),
                limits(key.path("limits")),
                key.has("expires") ? Instant.ofEpochSecond(key.path("expires").asLong()) : null,
                key.path("secret").asString(""));
    }
}
