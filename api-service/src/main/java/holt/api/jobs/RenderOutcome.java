package holt.api.jobs;

import org.jspecify.annotations.Nullable;

/** A feature's way to show what its jobs came to. */
public interface RenderOutcome {
    /**
     * The body of a successful answer. May wait for the object store.
     *
     * @param base where the client reaches this service, for URLs in the body
     * @return null if the outcome is another feature's, or a failure
     * @throws holt.api.RequestRejectedException if the object store does not give what belongs into the body
     */
    @Nullable Object body(EndedJob job, String base);
}
