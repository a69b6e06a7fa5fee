package holt.api.keys;

import holt.api.RequestRejectedException;
import holt.api.audit.MakeChange;
import holt.api.http.Answers;
import holt.api.http.body.ReadBody;
import holt.protocol.Failure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /admin/v1/keys}: makes, lists, limits, rotates and revokes keys. */
@RestController
final class KeysController {
    private static final int CREATED = 201;

    private final KeyRing ring;
    private final WriteKeys write;
    private final ReadBody read;
    private final MakeChange change;
    private final InstantSource clock = InstantSource.system();

    KeysController(KeyRing ring, WriteKeys write, ReadBody read, MakeChange change) {
        this.ring = ring;
        this.write = write;
        this.read = read;
        this.change = change;
    }

    record KeyList(String object, List<KeyBody> data) {}

    @GetMapping("/admin/v1/keys")
    void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Instant now = clock.instant();
        Answers.json(
                request,
                response,
                200,
                new KeyList(
                        "list",
                        ring.all().stream().map(key -> KeyBody.of(key, now, null)).toList()));
    }

    @PostMapping("/admin/v1/keys")
    void create(HttpServletRequest request, HttpServletResponse response) {
        KeySecret secret = KeySecret.draw(KeySecret.drawId());
        AccessKey key = read.json(request, KeyRequest.class).key(secret, clock.instant());
        write("created", key, secret, CREATED, request, response);
    }

    /** Gives the key a new secret. The old one ends at once. */
    @PostMapping("/admin/v1/keys/{id}/rotate")
    void rotate(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) {
        AccessKey key = valid(id);
        KeySecret secret = KeySecret.draw(id);
        write("rotated", key.withDigest(secret.digest()), secret, 200, request, response);
    }

    /** Changes the limits that the body names. */
    @PatchMapping("/admin/v1/keys/{id}")
    void limit(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) {
        LimitsRequest limits = read.json(request, LimitsRequest.class);
        AccessKey key = valid(id);
        write(
                "limited",
                key.withLimits(limits.changed(key.limits())),
                null,
                200,
                request,
                response);
    }

    @DeleteMapping("/admin/v1/keys/{id}")
    void revoke(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) {
        write("revoked", valid(id).revokedAt(clock.instant()), null, 200, request, response);
    }

    private AccessKey valid(String id) {
        return ring.get(id)
                .filter(key -> key.isValid(clock.instant()))
                .orElseThrow(() ->
                        new RequestRejectedException(
                                Failure.NOT_FOUND, "there is no valid key with this id"));
    }

    private void write(
            String what,
            AccessKey key,
            @Nullable KeySecret secret,
            int status,
            HttpServletRequest request,
            HttpServletResponse response) {
        change.make(
                Caller.change(request, "key." + what, key.id(), key.name() + " " + key.limits()),
                status,
                () -> {
                    MakeChange.await(write.write(key));
                    ring.written(key);
                    return KeyBody.of(key, clock.instant(), secret);
                },
                request,
                response);
    }
}
