package holt.api;

import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * {@code GET /health} and {@code GET /metrics} on a port of their own, for operators and load balancers. It is the API's port plus one, or
 * any free port if the API's port is 0. It listens on the loopback address unless {@code management.server.*} says otherwise.
 *
 * <p>Health is 503 from the signal to stop on. The port stays open until the last client has its answer.
 */
final class ManagementPort
        implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        int api = environment.getRequiredProperty("server.port", Integer.class);
        environment
                .getPropertySources()
                .addLast(new MapPropertySource("management", settings(api)));
    }

    private static Map<String, Object> settings(int api) {
        return Map.of(
                "management.server.port",
                api == 0 ? 0 : api + 1,
                "management.server.address",
                "127.0.0.1",
                "management.endpoints.web.base-path",
                "/",
                "management.endpoints.web.discovery.enabled",
                false,
                "management.endpoints.web.exposure.include",
                "health,prometheus",
                "management.endpoints.web.path-mapping.prometheus",
                "metrics",
                // Health covers this process alone: a restart does not bring back the broker or the
                // store.
                "management.health.defaults.enabled",
                false,
                "management.health.readinessstate.enabled",
                true,
                // The port is for operators, and the details hold no secret.
                "management.endpoint.health.show-details",
                "always");
    }
}
