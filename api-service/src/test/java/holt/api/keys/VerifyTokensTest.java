package holt.api.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VerifyTokensTest {
    private static final String ISSUER = "https://login.example.com/";
    private static final Limits TEAM_LIMITS = new Limits(3, Set.of(), 7, null);
    private static final RSAKey KEY = key();

    private final VerifyTokens tokens =
            new VerifyTokens(
                    new ImmutableJWKSet<SecurityContext>(new JWKSet(KEY.toPublicJWK())),
                    ISSUER,
                    "holt",
                    new TokenCaller(
                            "dept",
                            caller ->
                                    caller.equals("team:blue")
                                            ? Optional.of(TEAM_LIMITS)
                                            : Optional.empty()));

    @Test
    @DisplayName("R193: a valid token names its caller")
    void aValidTokenNamesItsCaller() throws JOSEException {
        Caller caller = tokens.find(token(claims -> claims)).orElseThrow();

        assertThat(caller)
                .isEqualTo(new Caller("sub:ann", "sub:ann", Set.of(Scope.USER), Limits.USUAL));
    }

    @Test
    @DisplayName("R193: a token's team has the limits of the team's key")
    void aTeamHasTheLimitsOfItsKey() throws JOSEException {
        Caller caller = tokens.find(token(claims -> claims.claim("dept", "blue"))).orElseThrow();

        assertThat(caller.id()).isEqualTo("team:blue");
        assertThat(caller.limits()).isEqualTo(TEAM_LIMITS);
    }

    @Test
    void scopesAreThoseOfHoltInEitherClaim() throws JOSEException {
        assertThat(scopes(claims -> claims.claim("scope", "email holt:metrics holt:operator")))
                .containsExactlyInAnyOrder(Scope.METRICS, Scope.OPERATOR);
        assertThat(scopes(claims -> claims.claim("scope", null).claim("scp", List.of("holt:user"))))
                .containsExactly(Scope.USER);
        assertThat(scopes(claims -> claims.claim("scope", "user"))).isEmpty();
    }

    @Test
    void aNameThatCouldBreakARowIsADigest() throws JOSEException {
        Caller caller = tokens.find(token(claims -> claims.subject("a/b"))).orElseThrow();

        assertThat(caller.id()).matches("sub:[0-9a-f]{16}");
    }

    @Test
    void anInvalidTokenOpensNothing() throws JOSEException {
        assertThat(tokens.find(token(claims -> claims.issuer("https://other")))).isEmpty();
        assertThat(tokens.find(token(claims -> claims.audience("other")))).isEmpty();
        assertThat(tokens.find(token(claims -> claims.subject(null)))).isEmpty();
        assertThat(tokens.find(token(claims -> claims.expirationTime(null)))).isEmpty();
        assertThat(
                        tokens.find(
                                token(claims ->
                                        claims.expirationTime(
                                                Date.from(Instant.now().minusSeconds(3600))))))
                .isEmpty();
        assertThat(tokens.find("ey.not.json")).isEmpty();
    }

    @Test
    @DisplayName("R193: only signatures by the issuer's public keys count")
    void onlySignaturesByTheIssuersPublicKeysCount() throws JOSEException {
        assertThat(tokens.find(signed(key(), JWSAlgorithm.RS256, new RSASSASigner(key()))))
                .isEmpty();
        assertThat(tokens.find(new PlainJWT(claims().build()).serialize())).isEmpty();
        byte[] asSecret = KEY.toRSAPublicKey().getEncoded();
        assertThat(tokens.find(signed(KEY, JWSAlgorithm.HS256, new MACSigner(asSecret)))).isEmpty();
    }

    @Test
    void anIssuerThatIsAwayIsNotTheClientsFault() throws JOSEException {
        var away =
                new VerifyTokens(
                        (_, _) -> {
                            throw new KeySourceException("no route to host");
                        },
                        ISSUER,
                        "holt",
                        new TokenCaller(null, _ -> Optional.empty()));
        String token = token(claims -> claims);

        assertThatExceptionOfType(RequestRejectedException.class)
                .isThrownBy(() -> away.find(token))
                .satisfies(refused -> assertThat(refused.failure()).isEqualTo(Failure.OVERLOADED));
    }

    private Set<Scope> scopes(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
        return tokens.find(token(change)).orElseThrow().scopes();
    }

    private static String token(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
        return sign(KEY, JWSAlgorithm.RS256, new RSASSASigner(KEY), change.apply(claims()).build());
    }

    private static String signed(RSAKey key, JWSAlgorithm algorithm, JWSSigner signer)
            throws JOSEException {
        return sign(key, algorithm, signer, claims().build());
    }

    private static String sign(
            RSAKey key, JWSAlgorithm algorithm, JWSSigner signer, JWTClaimsSet claims)
            throws JOSEException {
        var token =
                new SignedJWT(
                        new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims);
        token.sign(signer);
        return token.serialize();
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("holt")
                .subject("ann")
                .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                .claim("scope", "holt:user");
    }

    private static RSAKey key() {
        try {
            return new RSAKeyGenerator(2048).keyID("k").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
