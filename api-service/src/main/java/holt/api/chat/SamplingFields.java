package holt.api.chat;

import org.jspecify.annotations.Nullable;

/** The raw fields of a request that say how to sample. */
public interface SamplingFields {
    @Nullable Double temperature();

    @Nullable Double topP();

    @Nullable Long topK();

    @Nullable Double minP();

    @Nullable Long seed();

    @Nullable Double frequencyPenalty();

    @Nullable Double presencePenalty();

    @Nullable Double repetitionPenalty();

    @Nullable Object logitBias();
}
