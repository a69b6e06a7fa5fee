package holt.api.http;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;

/** HTTP/1.1 with a time limit on a request's whole header and refusals that say what was wrong; the container makes it by its name. */
public final class HttpProtocol extends Http11NioProtocol {
    private Duration headerTimeout = Duration.ofSeconds(10);
    private BooleanSupplier leaving = () -> false;

    void setHeaderTimeout(Duration headerTimeout) {
        this.headerTimeout = headerTimeout;
    }

    /** @param leaving whether this service is about to stop */
    void setLeaving(BooleanSupplier leaving) {
        this.leaving = leaving;
    }

    @Override
    protected Processor createProcessor() {
        return new HttpProcessor(this, getAdapter(), headerTimeout, leaving);
    }
}
