package holt.api.console;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** {@code /console/settings}: the settings of this API instance that are in force, and where each came from. Secrets are hidden. */
final class SettingsPage {
    private static final List<String> PORTS =
            List.of(
                    "server.address",
                    "server.port",
                    "management.server.address",
                    "management.server.port");

    private final ApplicationContext context;
    private final ShowPage pages;

    SettingsPage(ApplicationContext context, ShowPage pages) {
        this.context = context;
        this.pages = pages;
    }

    record Setting(String name, String value, String origin) {}

    ServerResponse show(ServerRequest request) {
        var values = new TreeMap<String, String>();
        for (ApplicationContext each = context; each != null; each = each.getParent()) {
            each.getBeansWithAnnotation(ConfigurationProperties.class)
                    .values()
                    .forEach(bean -> read(bean, values));
        }
        Environment environment = context.getEnvironment();
        for (String name : PORTS) {
            values.put(name, environment.getProperty(name, SettingValues.NONE));
        }
        List<Setting> settings =
                values.entrySet().stream()
                        .map(entry ->
                                new Setting(
                                        entry.getKey(),
                                        entry.getValue(),
                                        origin(entry.getKey(), environment)))
                        .toList();
        return pages.show("settings", Map.of("settings", settings), request);
    }

    /** Spring's own settings are left out. */
    private static void read(Object bean, Map<String, String> values) {
        ConfigurationProperties properties =
                AnnotationUtils.findAnnotation(bean.getClass(), ConfigurationProperties.class);
        if (properties != null
                && properties.value().startsWith("holt.")
                && bean instanceof Record settings) {
            SettingValues.read(properties.value(), settings, values);
        }
    }

    private static String origin(String name, Environment environment) {
        ConfigurationPropertyName wanted = ConfigurationPropertyName.of(name);
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source.getConfigurationProperty(wanted) != null) {
                return source.getUnderlyingSource() instanceof PropertySource<?> underlying
                        ? label(underlying.getName())
                        : "default";
            }
        }
        return "default";
    }

    private static String label(String source) {
        return switch (source) {
            case CommandLinePropertySource.COMMAND_LINE_PROPERTY_SOURCE_NAME -> "command line";
            case StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME -> "environment";
            case StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME -> "JVM";
            default -> "default";
        };
    }
}
