package holt.api;

import static java.util.Map.entry;

import holt.kafka.KafkaConfiguration;
import holt.store.StoreConfiguration;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** The API service, as a process of its own or inside another one. */
// The container's own error report is replaced: holt.api.http
@SpringBootApplication(exclude = ErrorMvcAutoConfiguration.class)
@EnableConfigurationProperties(ApiSettings.class)
@Import({KafkaConfiguration.class, StoreConfiguration.class})
public class ApiApplication {

    /** Below everything that a user may set. */
    private static final Map<String, Object> DEFAULTS =
            Map.ofEntries(
                    entry("server.address", "127.0.0.1"),
                    entry("server.port", "1088"),
                    entry("server.shutdown", "graceful"),
                    // Longer than the longest deadline of an answer: a waiting client is not cut
                    // off by a restart.
                    entry("spring.lifecycle.timeout-per-shutdown-phase", "300s"),
                    entry("spring.threads.virtual.enabled", "true"),
                    // Adds a charset to Content-Type, where clients compare it with exactly
                    // "application/json".
                    entry("spring.servlet.encoding.enabled", "false"),
                    // Forms are read within the limits of all bodies: holt.api.http
                    entry("spring.servlet.multipart.enabled", "false"),
                    entry("spring.web.resources.add-mappings", "false"),
                    entry("spring.main.banner-mode", "off"),
                    // Clients' mistakes are answered, not logged.
                    entry("logging.level.org.springframework.web.servlet.PageNotFound", "error"),
                    entry(
                            "logging.level.org.springframework.boot.webmvc.autoconfigure.WelcomePageHandlerMapping",
                            "error"),
                    entry("logging.level.org.apache.coyote", "warn"));

    public static void main(String[] args) {
        prepare(ApiApplication.class).run(args);
    }

    /**
     * Starts the service inside this process; closing the context ends it, waiting answers first.
     *
     * @param args settings, such as {@code --server.port=0}
     */
    public static ConfigurableApplicationContext start(String... args) {
        SpringApplication application = prepare(ApiApplication.class);
        application.setRegisterShutdownHook(false);
        return application.run(args);
    }

    public static SpringApplication prepare(Class<?>... sources) {
        var application = new SpringApplication(sources);
        application.setDefaultProperties(DEFAULTS);
        application.addInitializers(new ManagementPort(), new ServeTls());
        return application;
    }
}
