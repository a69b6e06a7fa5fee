package holt.api.docs;

import holt.api.http.Answers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /openapi.json} for programs, and {@code GET /docs} for people. */
@RestController
final class DocsController {
    private final JsonNode document = new JsonMapper().readTree(resource("openapi.json"));
    private final byte[] page = resource("page.html");

    @GetMapping("/openapi.json")
    void document(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Answers.json(request, response, 200, document);
    }

    @GetMapping("/docs")
    void page(HttpServletResponse response) throws IOException {
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; connect-src 'self'; style-src 'unsafe-inline'; script-src 'unsafe-inline'");
        response.setContentLength(page.length);
        response.getOutputStream().write(page);
    }

    private static byte[] resource(String name) {
        try (InputStream file = DocsController.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is missing from the jar");
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
