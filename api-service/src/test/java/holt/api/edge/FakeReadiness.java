package holt.api.edge;

import holt.api.Readiness;
import org.jspecify.annotations.Nullable;

/** Is ready until a test says otherwise. */
public final class FakeReadiness implements Readiness {
    public volatile @Nullable String why;

    @Override
    public @Nullable String unreadyBecause() {
        return why;
    }
}
