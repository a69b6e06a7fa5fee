package holt.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import holt.worker.ModelFolders;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class StartServiceTest {
    private static final Path HOME = Path.of("/holt");

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ModelFolders.class)
    static class OnlyFolders {}

    @Test
    void theBuiltInModelsAreThoseOfTheHome() {
        assertThat(builtIn(Map.of())).isEqualTo(HOME.resolve("models"));
    }

    @Test
    void theEnvironmentNamesOtherBuiltInModels() {
        assertThat(builtIn(Map.of("HOLT_MODELS_BUILT_IN", "/otter"))).isEqualTo(Path.of("/otter"));
    }

    private static Path builtIn(Map<String, Object> variables) {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                variables));
        try (var context =
                StartService.worker(HOME, OnlyFolders.class)
                        .environment(environment)
                        .properties("spring.main.keep-alive=false")
                        .run()) {
            return context.getBean(ModelFolders.class).builtIn();
        }
    }
}
