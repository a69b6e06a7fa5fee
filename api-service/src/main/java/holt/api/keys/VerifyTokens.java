package holt.api.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the caller of a JSON Web Token. Only signatures by the issuer's public keys count: no token names its own algorithm freely. */
final class VerifyTokens {
    private static final Logger LOG = LoggerFactory.getLogger(VerifyTokens.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(
                    JWSAlgorithm.RS256,
                    JWSAlgorithm.RS384,
                    JWSAlgorithm.RS512,
                    JWSAlgorithm.PS256,
                    JWSAlgorithm.PS384,
                    JWSAlgorithm.PS512,
                    JWSAlgorithm.ES256,
                    JWSAlgorithm.ES384,
                    JWSAlgorithm.ES512);

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final TokenCaller caller;

    /** @param keys of the issuer. They may be fetched anew when a token names an unknown one */
    VerifyTokens(
            JWKSource<SecurityContext> keys, String issuer, String audience, TokenCaller caller) {
        this.caller = caller;
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(
                        JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        processor.setJWTClaimsSetVerifier(
                new DefaultJWTClaimsVerifier<>(
                        audience,
                        new JWTClaimsSet.Builder().issuer(issuer).build(),
                        Set.of("sub", "exp")));
    }

    /** Whether a text has the form of a token. */
    static boolean isToken(String text) {
        return text.startsWith("ey") && text.chars().filter(c -> c == '.').count() == 2;
    }

    /**
     * Empty if the token is not valid now.
     *
     * @throws RequestRejectedException {@code OVERLOADED} if the issuer does not give its keys
     */
    Optional<Caller> find(String token) {
        try {
            return Optional.of(caller.of(claims(token)));
        } catch (ParseException | BadJOSEException e) {
            return Optional.empty();
        } catch (KeySourceException e) {
            LOG.atWarn()
                    .addKeyValue("reason", e.getMessage())
                    .log("the issuer of tokens did not give its keys; the client gets 503");
            throw new RequestRejectedException(
                    Failure.OVERLOADED,
                    "the issuer of this token does not answer; try again later",
                    null,
                    RETRY_AFTER);
        } catch (JOSEException e) {
            return Optional.empty();
        }
    }

    private JWTClaimsSet claims(String token)
            throws ParseException, BadJOSEException, JOSEException {
        @Nullable SecurityContext none = null;
        return processor.process(token, none);
    }
}
