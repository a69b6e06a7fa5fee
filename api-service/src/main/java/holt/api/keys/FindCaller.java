package holt.api.keys;

import holt.api.Refusal;
import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Finds the caller who holds a key. Slows down addresses that guess keys. */
@Component
public final class FindCaller {
    private final KeyRing ring;
    private final InstantSource clock = InstantSource.system();
    private final Guesses guesses = new Guesses();
    private final @Nullable String admin;
    private final @Nullable VerifyTokens tokens;

    FindCaller(KeyRing ring, AdminSettings admin, ObjectProvider<VerifyTokens> tokens) {
        this.ring = ring;
        this.admin = admin.key() == null ? null : KeySecret.digest(admin.key());
        this.tokens = tokens.getIfAvailable();
    }

    /**
     * The caller with this key.
     *
     * @param address from which the key came
     * @throws RequestRejectedException {@code INVALID_API_KEY}, or {@code RATE_LIMIT_EXCEEDED} after too many wrong keys
     */
    public Caller of(String token, String address) {
        Optional<Caller> caller =
                KeySecret.read(token)
                        .flatMap(secret -> ring.find(secret, clock.instant()))
                        .map(Caller::of);
        if (caller.isPresent()) {
            return caller.get();
        }
        Optional<Duration> closed = guesses.closed(address, System.nanoTime());
        if (closed.isPresent()) {
            throw RequestRejectedException.limited(
                    Refusal.of(Refusal.Reason.RATE),
                    "too many wrong keys came from this address; wait, then send a valid one",
                    closed.get());
        }
        if (admin != null
                && token.length() <= AdminSettings.LONGEST
                && KeySecret.same(KeySecret.digest(token), admin)) {
            return Caller.ADMIN;
        }
        if (tokens != null && VerifyTokens.isToken(token)) {
            Optional<Caller> named = tokens.find(token);
            if (named.isPresent()) {
                return named.get();
            }
        }
        guesses.failed(address, System.nanoTime());
        throw new RequestRejectedException(
                Failure.INVALID_API_KEY, "the key is unknown, expired or revoked");
    }
}
