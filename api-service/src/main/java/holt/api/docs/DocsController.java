package holt.api.docs;

import holt.api.http.Answers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /openapi.json} for programs, and {@code GET /docs} for people. */
@RestController
final class DocsController {
    private final JsonNode document = new JsonMapper().readTree(Resource.bytes("openapi.json"));
    private final byte[] page = Resource.bytes("page.html");

    @GetMapping("/openapi.json")
    void document(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Answers.json(request, response, 200, document);
    }

    @GetMapping("/docs")
    void page(HttpServletResponse response) throws IOException {
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; connect-src 'self'; img-src 'self'; style-src 'unsafe-inline'; script-src 'unsafe-inline'");
        response.setContentLength(page.length);
        response.getOutputStream().write(page);
    }
}
