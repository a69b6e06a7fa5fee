package holt.api.http.tomcat;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;

/** HTTP/1.1 with our {@link HttpProcessor}. Tomcat creates it by its class name, so it is public and has no constructor arguments. */
public final class HttpProtocol extends Http11NioProtocol {
    private Duration headerTimeout = Duration.ofSeconds(10);
    private BooleanSupplier stopping = () -> false;

    void setHeaderTimeout(Duration headerTimeout) {
        this.headerTimeout = headerTimeout;
    }

    /** @param stopping whether this service is about to stop */
    void setStopping(BooleanSupplier stopping) {
        this.stopping = stopping;
    }

    @Override
    protected Processor createProcessor() {
        return new HttpProcessor(this, getAdapter(), headerTimeout, stopping);
    }
}
