package holt.api.node;

import holt.api.ApiSettings;
import holt.api.models.ModelCatalog;
import holt.store.StoreSettings;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Registers with the nodes that the settings name; nothing is here where they name none. */
@Configuration(proxyBeanMethods = false)
@Conditional(OnNodeUrlsCondition.class)
@EnableConfigurationProperties(NodeSettings.class)
class NodeConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(NodeConfiguration.class);

    @Bean
    Registration registration(
            NodeSettings settings,
            ApiSettings api,
            StoreSettings store,
            ModelCatalog catalog,
            ServerProperties server,
            Environment environment) {
        String cid = cid(settings, environment);
        if (api.publicUrl() == null && store.publicUrl() == null) {
            LOG.warn(
                    "holt.api.public-url is not set; clients of the network get picture URLs with the node's address, such as 127.0.0.1, which they cannot open");
        }
        return new Registration(() -> {
            URI base = advertised(settings, server, environment);
            LOG.atInfo()
                    .addKeyValue("project", api.project())
                    .addKeyValue("cid", cid)
                    // The path can be a secret.
                    .addKeyValue("advertised", base.getScheme() + "://" + base.getAuthority())
                    .log("models are registered with nodes");
            var wanted =
                    new WantedEntries(catalog, api.project(), NodeClient.withoutSlash(base), cid);
            return reconcile(settings, wanted);
        });
    }

    /** Spring Boot derives the part "node" of health from the bean's name. */
    @Bean
    NodeHealthIndicator nodeHealthIndicator(Registration registration) {
        return new NodeHealthIndicator(registration);
    }

    private static List<ReconcileNode> reconcile(NodeSettings settings, WantedEntries wanted) {
        return settings.urls().stream()
                .map(url ->
                        new ReconcileNode(
                                new NodeClient(url, settings.timeout()),
                                wanted,
                                new BackOff(settings.lookEvery(), RandomGenerator.getDefault())))
                .toList();
    }

    private static String cid(NodeSettings settings, Environment environment) {
        if (settings.cid() != null) {
            return settings.cid();
        }
        return InstanceCid.find(
                Path.of(environment.getProperty("holt.data.directory", "data")),
                environment.getRequiredProperty("server.port", Integer.class));
    }

    /** The setting, else the address on which this service listens. The node is then on the same machine. */
    private static URI advertised(
            NodeSettings settings, ServerProperties server, Environment environment) {
        if (settings.advertisedUrl() != null) {
            return settings.advertisedUrl();
        }
        int port = environment.getRequiredProperty("local.server.port", Integer.class);
        String scheme = Ssl.isEnabled(server.getSsl()) ? "https://" : "http://";
        return URI.create(scheme + host(server.getAddress()) + ":" + port);
    }

    private static String host(@Nullable InetAddress address) {
        if (address == null || address.isAnyLocalAddress()) {
            return "127.0.0.1";
        }
        String literal = address.getHostAddress();
        return address instanceof Inet6Address ? "[" + literal + "]" : literal;
    }
}
