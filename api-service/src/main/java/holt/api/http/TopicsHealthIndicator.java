package holt.api.http;

import holt.api.Readiness;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Tells load balancers on the management port what {@code /ready} tells on the API's port. */
@Component
final class TopicsHealthIndicator implements HealthIndicator {
    private final Readiness readiness;

    TopicsHealthIndicator(Readiness readiness) {
        this.readiness = readiness;
    }

    @Override
    public Health health() {
        String why = readiness.unreadyBecause();
        return why == null
                ? Health.up().build()
                : Health.outOfService().withDetail("reason", why).build();
    }
}
