package holt.api.files;

import holt.api.RequestRejectedException;
import holt.api.http.Answers;
import holt.protocol.Failure;
import holt.store.ObjectNotFoundException;
import holt.store.ObjectStore;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET} and {@code HEAD /files/{key}}: pictures, for clients with a URL from {@link FileUrls}. */
@RestController
final class FilesController {
    private final FileUrls urls;
    private final ObjectStore store;

    FilesController(FileUrls urls, ObjectStore store) {
        this.urls = urls;
        this.store = store;
    }

    @GetMapping(FileUrls.ROUTE + "{*key}")
    void file(@PathVariable String key, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String picture = key.startsWith("/") ? key.substring(1) : key;
        Duration left =
                urls.left(
                                picture,
                                request.getParameter(FileUrls.EXPIRES),
                                request.getParameter(FileUrls.SIGNATURE))
                        .orElseThrow(FilesController::refused);
        byte[] bytes = read(picture);
        response.setHeader("Cache-Control", "private, max-age=" + left.toSeconds());
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Disposition", "inline");
        Answers.file(request, response, contentType(picture), bytes);
    }

    private byte[] read(String key) {
        try {
            return store.get(key);
        } catch (ObjectNotFoundException e) {
            throw new RequestRejectedException(Failure.NOT_FOUND, "this picture was deleted");
        }
    }

    private static String contentType(String key) {
        return switch (key.substring(key.lastIndexOf('.') + 1)) {
            case "png" -> "image/png";
            case "jpg", "jpeg" -> "image/jpeg";
            case "webp" -> "image/webp";
            default -> "application/octet-stream";
        };
    }

    private static RequestRejectedException refused() {
        return new RequestRejectedException(
                Failure.PERMISSION_DENIED, "the URL's signature is wrong, or the URL has expired");
    }
}
