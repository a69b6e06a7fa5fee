package holt.api.chat;

import static holt.api.fields.Fields.invalid;

import holt.api.http.Json;
import holt.protocol.Ability;
import holt.protocol.KnownModel;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The fields of a chat that Holt does not know. A model with the ability gets them, others ignore them. */
final class ExtraFields {
    static final int MOST = 64;
    static final int MOST_BYTES = 64 << 10;

    /**
     * Fields that would work against Holt. It decides the order of requests and names them. The others reach into the engine: its slots, its
     * caches on other hosts, its code.
     */
    private static final Set<String> OWNED =
            Set.of(
                    "priority",
                    "request_id",
                    "rid",
                    "id_slot",
                    "session_params",
                    "kv_transfer_params",
                    "bootstrap_host",
                    "bootstrap_port",
                    "bootstrap_room",
                    "data_parallel_rank",
                    "custom_logit_processor",
                    "logits_processors",
                    "n_cmpl",
                    "grammar");

    private ExtraFields() {}

    /** Null if there are none for this model. */
    static @Nullable Map<String, Object> of(ChatRequest wire, KnownModel model) {
        if (!model.abilities().contains(Ability.EXTRA_FIELDS)) {
            return null;
        }
        // Sorted, so that a repeated request has the same bytes.
        var fields = new TreeMap<String, Object>();
        wire.others()
                .forEach((name, value) -> {
                    if (value != null && !OWNED.contains(name)) {
                        fields.put(name, value);
                    }
                });
        if (fields.isEmpty()) {
            return null;
        }
        if (fields.size() > MOST) {
            throw invalid(fields.lastKey(), "is one of more than " + MOST + " unknown fields");
        }
        if (Json.write(fields).length > MOST_BYTES) {
            throw invalid(
                    fields.lastKey(),
                    "is one of unknown fields of more than " + MOST_BYTES + " bytes");
        }
        return fields;
    }
}
