package holt.worker.remote;

import holt.protocol.Ability;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a text model of an OpenAI-compatible engine is and can do: as the settings say, else the engine's list, else by asking. */
final class DescribeModel {
    private static final String DESCRIPTION = "a model of a remote engine";

    /** What requests can ask any engine for. */
    private static final Set<Ability> ABILITIES =
            Set.of(
                    Ability.TOOLS,
                    Ability.STRUCTURED,
                    Ability.TEMPLATE_ARGUMENTS,
                    Ability.COMPLETIONS,
                    Ability.EXTRA_FIELDS);

    /** What only some models of chats can do. */
    private static final Set<Ability> SENSES = Set.of(Ability.VISION, Ability.AUDIO, Ability.FILES);

    private final EngineSettings settings;
    private final JsonNode listed;
    private final JsonNode props;
    private final boolean vllm;
    private final ProbeModel probe;

    /**
     * @param listed what the engine's list says of it
     * @param props what llama.cpp's server says of itself
     * @param vllm whether the engine is a vLLM
     */
    DescribeModel(
            EngineSettings settings,
            JsonNode listed,
            JsonNode props,
            boolean vllm,
            ProbeModel probe) {
        this.settings = settings;
        this.listed = listed;
        this.props = props;
        this.vllm = vllm;
        this.probe = probe;
    }

    /**
     * @param name in Holt
     * @param own the engine's name of it
     * @throws RuntimeException if it is not what the settings say
     */
    KnownModel describe(ModelName name, String own) throws InterruptedException {
        int contextLength = AskEngine.contextLength(listed, props);
        Instant created = Instant.ofEpochSecond(listed.path("created").asLong(0));
        int dimensions = dimensions(own);
        if (dimensions > 0) {
            return KnownModel.ofEmbeddings(name, DESCRIPTION, created, contextLength, dimensions);
        }
        return new KnownModel(
                        name,
                        KnownModel.Kind.CHAT,
                        DESCRIPTION,
                        created,
                        contextLength,
                        KnownModel.UNKNOWN)
                .withAbilities(abilities())
                .withSampling(KnownModel.SamplingDefaults.NONE);
    }

    /** Of an embedding model; 0 for a chat model. */
    private int dimensions(String own) throws InterruptedException {
        String kind = listed.path("kind").asString("");
        boolean named = settings.embeddings().contains(own) || kind.equals("embedding");
        if (!named && (!settings.embeddings().isEmpty() || kind.equals("chat"))) {
            return 0;
        }
        int dimensions = probe.dimensions();
        if (named && dimensions == 0) {
            throw new IllegalStateException("the engine makes no vectors with it");
        }
        // Some engines make vectors with every model, llama.cpp's server only if it was started so.
        return named || isLlama() || dimensions > 0 && !probe.chats() ? dimensions : 0;
    }

    private boolean isLlama() {
        return props.path("total_slots").asInt(0) > 0;
    }

    private Set<Ability> abilities() throws InterruptedException {
        var all = EnumSet.copyOf(ABILITIES);
        all.addAll(SENSES);
        if (settings.abilities() != null) {
            all.retainAll(settings.abilities());
            return all;
        }
        @Nullable Set<Ability> said = AskEngine.abilities(listed, all);
        if (said != null) {
            return said;
        }
        var abilities = EnumSet.copyOf(ABILITIES);
        if (!probe.completes()) {
            abilities.remove(Ability.COMPLETIONS);
        }
        for (Ability sense : List.of(Ability.VISION, Ability.AUDIO)) {
            // llama.cpp's server names what its model sees and hears. A vLLM never ignores a part.
            if (props.path("modalities").path(sense.label()).asBoolean(false)
                    || vllm && probe.reads(sense)) {
                abilities.add(sense);
            }
        }
        return abilities;
    }
}
