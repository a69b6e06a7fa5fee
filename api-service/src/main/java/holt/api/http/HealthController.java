package holt.api.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /health}: this process answers. */
@RestController
final class HealthController {
    private static final Health UP = new Health(0, "success", "up");

    @GetMapping("/health")
    void health(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Answers.json(request, response, 200, UP);
    }

    record Health(int code, String message, String status) {}
}
