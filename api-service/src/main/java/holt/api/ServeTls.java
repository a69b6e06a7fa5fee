package holt.api;

import holt.tls.PemFile;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * TLS on the API's port from two PEM files: {@code holt.api.tls.certificate} (the chain, the server's own certificate first) and
 * {@code holt.api.tls.key}. Changed files are read again. The management port has no TLS.
 *
 * <p>If neither is set, Spring Boot's {@code server.ssl.*} apply.
 */
final class ServeTls implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final String CERTIFICATE = "holt.api.tls.certificate";
    private static final String KEY = "holt.api.tls.key";
    private static final String BUNDLE = "spring.ssl.bundle.pem.holt-api.";

    /** @throws IllegalArgumentException that names the setting, if it or its file is missing */
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        String certificate = environment.getProperty(CERTIFICATE, "");
        String key = environment.getProperty(KEY, "");
        if (!certificate.isEmpty() || !key.isEmpty()) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource("tls", settings(certificate, key)));
        }
    }

    private static Map<String, Object> settings(String certificate, String key) {
        return Map.of(
                BUNDLE + "keystore.certificate",
                PemFile.certificates(CERTIFICATE, certificate),
                BUNDLE + "keystore.private-key",
                PemFile.privateKey(KEY, key),
                BUNDLE + "reload-on-update",
                true,
                "server.ssl.bundle",
                "holt-api",
                "management.server.ssl.enabled",
                false);
    }
}
