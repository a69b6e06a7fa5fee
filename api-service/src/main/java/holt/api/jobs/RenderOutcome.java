package holt.api.jobs;

import org.jspecify.annotations.Nullable;

/** Renders the outcomes of one feature's jobs. */
public interface RenderOutcome {
    /**
     * The body of a successful answer. May wait for the object store.
     *
     * @param base where the client reaches this service, for URLs in the body
     * @return null if the outcome is another feature's, or a failure
     * @throws holt.api.RequestRejectedException if the object store does not give what the body needs
     */
    @Nullable Object body(EndedJob job, String base);
}
