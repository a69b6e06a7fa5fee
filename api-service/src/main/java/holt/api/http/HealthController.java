package holt.api.http;

import holt.api.Readiness;
import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /health}: this process answers. {@code GET /ready}: it takes new requests, reads its topics, and is not about to stop. */
@RestController
final class HealthController {
    private static final Health UP = new Health(0, "success", "up");
    private static final Health READY = new Health(0, "success", "ready");

    private final ApplicationAvailability availability;
    private final Readiness readiness;

    HealthController(ApplicationAvailability availability, Readiness readiness) {
        this.availability = availability;
        this.readiness = readiness;
    }

    @GetMapping("/health")
    void health(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Answers.json(request, response, 200, UP);
    }

    @GetMapping("/ready")
    void ready(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (availability.getReadinessState() != ReadinessState.ACCEPTING_TRAFFIC) {
            throw new RequestRejectedException(
                    Failure.OVERLOADED, "this instance is starting or stopping");
        }
        String why = readiness.unreadyBecause();
        if (why != null) {
            throw new RequestRejectedException(Failure.OVERLOADED, why);
        }
        Answers.json(request, response, 200, READY);
    }

    record Health(int code, String message, String status) {}
}
