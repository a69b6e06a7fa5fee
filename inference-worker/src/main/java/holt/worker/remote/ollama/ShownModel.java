package holt.worker.remote.ollama;

import holt.protocol.Ability;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What {@code /api/show} says of a model. */
final class ShownModel {
    private static final Pattern CONTEXT = Pattern.compile("(?m)^num_ctx +([0-9]{1,9})$");

    private final JsonNode show;

    ShownModel(JsonNode show) {
        this.show = show;
    }

    /** @throws IllegalArgumentException if it neither chats nor embeds */
    KnownModel known(ModelName name, JsonNode listed) {
        String description = "a model of a remote Ollama";
        Instant created = created(listed);
        if (can("completion")) {
            return new KnownModel(
                            name,
                            KnownModel.Kind.CHAT,
                            description,
                            created,
                            contextLength(),
                            KnownModel.UNKNOWN)
                    .withAbilities(abilities())
                    .withSampling(KnownModel.SamplingDefaults.NONE);
        }
        if (can("embedding")) {
            return KnownModel.ofEmbeddings(
                    name, description, created, contextLength(), number("embedding_length"));
        }
        throw new IllegalArgumentException("it neither chats nor embeds");
    }

    /** Whether the model thinks before it answers. */
    boolean thinks() {
        return can("thinking");
    }

    private Set<Ability> abilities() {
        var abilities = EnumSet.of(Ability.STRUCTURED, Ability.TEMPLATE_ARGUMENTS);
        if (can("tools")) {
            abilities.add(Ability.TOOLS);
        }
        if (can("vision")) {
            abilities.add(Ability.VISION);
        }
        return abilities;
    }

    private boolean can(String capability) {
        return show.path("capabilities")
                .valueStream()
                .anyMatch(each -> each.asString("").equals(capability));
    }

    /** The one that the model is set to, or else that it was trained with. Ollama may load it with a shorter one. */
    private int contextLength() {
        Matcher set = CONTEXT.matcher(show.path("parameters").asString(""));
        int length = set.find() ? Integer.parseInt(set.group(1)) : number("context_length");
        return length > 0 ? length : KnownModel.UNKNOWN;
    }

    private int number(String field) {
        JsonNode info = show.path("model_info");
        String architecture = info.path("general.architecture").asString("");
        return info.path(architecture + "." + field).asInt(0);
    }

    private static Instant created(JsonNode listed) {
        try {
            return OffsetDateTime.parse(listed.path("modified_at").asString("")).toInstant();
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}
