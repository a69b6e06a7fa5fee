package holt.api.keys;

import java.net.URI;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings {@code holt.keys.tokens.*}: JSON Web Tokens that count as keys. All of the first three, or none.
 *
 * @param issuer as its tokens name it
 * @param jwks where its public keys are
 * @param audience that a token must name: this service
 * @param teamClaim the claim that names the caller's team; null if each subject is a caller of its own
 */
@ConfigurationProperties("holt.keys.tokens")
record TokensSettings(
        @Nullable String issuer,
        @Nullable URI jwks,
        @Nullable String audience,
        @Nullable String teamClaim) {
    TokensSettings {
        long set = Stream.of(issuer, jwks, audience).filter(value -> value != null).count();
        if (set != 0 && set != 3) {
            throw new IllegalArgumentException(
                    "holt.keys.tokens: needs issuer, jwks and audience, or none of them");
        }
        if (jwks != null && jwks.getHost() == null) {
            throw new IllegalArgumentException("holt.keys.tokens.jwks: a URL expected");
        }
    }
}
