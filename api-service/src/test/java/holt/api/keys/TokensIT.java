package holt.api.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import holt.api.edge.EdgeServer;
import holt.api.edge.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;

/** Tokens of an issuer that serves its keys over HTTP. */
class TokensIT {
    @Test
    void aTokenOpensWhatItsScopesSay() throws IOException, JOSEException {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("k").generate();
        HttpServer issuer = issuer(new JWKSet(key.toPublicJWK()));
        try (var server =
                EdgeServer.start(
                        "--holt.keys.required=always",
                        "--holt.keys.tokens.issuer=https://login.example.com/",
                        "--holt.keys.tokens.audience=holt",
                        "--holt.keys.tokens.jwks=http://127.0.0.1:"
                                + issuer.getAddress().getPort()
                                + "/jwks")) {
            String token = token(key);

            assertThat(status(server, "/v1/models", token)).isEqualTo(200);
            assertThat(status(server, "/admin/v1/keys", token)).isEqualTo(403);
            assertThat(status(server, "/v1/models", token.substring(0, token.length() - 9)))
                    .isEqualTo(401);
        } finally {
            issuer.stop(0);
        }
    }

    private static HttpServer issuer(JWKSet keys) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/jwks",
                exchange -> {
                    byte[] body = keys.toString().getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    try (var out = exchange.getResponseBody()) {
                        out.write(body);
                    }
                });
        server.start();
        return server;
    }

    private static String token(ECKey key) throws JOSEException {
        var token =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k").build(),
                        new JWTClaimsSet.Builder()
                                .issuer("https://login.example.com/")
                                .audience("holt")
                                .subject("ann")
                                .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                                .claim("scope", "holt:user")
                                .build());
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    private static int status(EdgeServer server, String path, String token) throws IOException {
        try (var client = new RawClient(server.port())) {
            return client.send(
                            RawClient.bytes(
                                    "GET "
                                            + path
                                            + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                                            + token
                                            + "\r\n\r\n"))
                    .reply()
                    .status();
        }
    }
}
