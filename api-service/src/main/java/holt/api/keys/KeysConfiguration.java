package holt.api.keys;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.MalformedURLException;
import java.time.InstantSource;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({KeysSettings.class, AdminSettings.class, TokensSettings.class})
class KeysConfiguration {
    private static final int TIMEOUT_MS = 2_000;
    private static final int MOST_BYTES = 256 * 1024;

    /** The issuer's keys are fetched when the first token comes, and kept if the issuer is away. */
    @Bean
    @ConditionalOnProperty("holt.keys.tokens.jwks")
    VerifyTokens verifyTokens(TokensSettings settings, KeyRing ring) throws MalformedURLException {
        JWKSource<SecurityContext> keys =
                JWKSourceBuilder.<SecurityContext>create(
                                Objects.requireNonNull(settings.jwks()).toURL(),
                                new DefaultResourceRetriever(TIMEOUT_MS, TIMEOUT_MS, MOST_BYTES))
                        .outageTolerantForever()
                        .build();
        InstantSource clock = InstantSource.system();
        return new VerifyTokens(
                keys,
                Objects.requireNonNull(settings.issuer()),
                Objects.requireNonNull(settings.audience()),
                new TokenCaller(
                        settings.teamClaim(), caller -> ring.limits(caller, clock.instant())));
    }
}
