package holt.api;

import holt.protocol.ModelName;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings {@code holt.api.*} of the HTTP side. Listen address and port are Spring Boot's {@code server.address} and {@code server.port}.
 *
 * @param project the project's name in {@code GET /v1/models} and at the node
 * @param publicUrl scheme, host and port at which clients reach this service; unset: from the request's {@code Host}
 * @param chatDeadline after which a waiting chat gets 504; the node gives up at 180 s
 * @param maxBody the largest request body, declared or chunked
 * @param lameDuck how long the service still takes requests after the signal to stop, so that load balancers notice
 * @param aliases other names of models, each as {@code alias=model}
 * @param corsOrigins origins whose pages may call the API, such as {@code https://app.example}, or {@code *}
 * @param connections limits of a connection
 */
@ConfigurationProperties("holt.api")
public record ApiSettings(
        @DefaultValue("holt") String project,
        @Nullable URI publicUrl,
        @DefaultValue("170s") Duration chatDeadline,
        @DefaultValue("25MB") DataSize maxBody,
        @DefaultValue("3s") Duration lameDuck,
        @DefaultValue List<String> aliases,
        @DefaultValue List<String> corsOrigins,
        @DefaultValue Connections connections) {
    /** Stands for all origins. */
    public static final String ANY_ORIGIN = "*";

    /** As browsers write it: in lower case, without a path. */
    private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9.:\\[\\]-]+");

    private static final Pattern ALIAS =
            Pattern.compile("\\S[^=\\p{Cntrl}]{0,199}=\\S\\P{Cntrl}{0,199}");

    public ApiSettings {
        require(!project.isBlank(), "project", "a name");
        require(
                publicUrl == null || (publicUrl.getScheme() != null && publicUrl.getHost() != null),
                "public-url",
                "a URL such as http://192.168.1.5:1088");
        require(
                between(chatDeadline, Duration.ofSeconds(1), Duration.ofDays(1)),
                "chat-deadline",
                "1s to 1d");
        require(
                maxBody.toBytes() > 0 && maxBody.toBytes() <= DataSize.ofGigabytes(1).toBytes(),
                "max-body",
                "1B to 1GB");
        aliases = List.copyOf(aliases);
        require(areAliases(aliases), "aliases", "different aliases such as gpt-4o-mini=holt-chat");
        corsOrigins = List.copyOf(corsOrigins);
        require(
                corsOrigins.stream()
                        .allMatch(origin ->
                                origin.equals(ANY_ORIGIN) || ORIGIN.matcher(origin).matches()),
                "cors-origins",
                "origins such as https://app.example, in lower case and without a path, or *");
        require(between(lameDuck, Duration.ZERO, Duration.ofMinutes(2)), "lame-duck", "0s to 2m");
    }

    /**
     * Limits of a connection.
     *
     * @param maxHeader request line and header fields together
     * @param headerTimeout from a request's first byte to the end of its header
     * @param bodyTimeout from the end of the header to the end of the body
     * @param keepAlive how long an idle connection stays open; at least 120 s, since clients pool connections for 90 s
     * @param pingEvery how often a silent stream gets a ping, which also finds out that its reader has gone
     */
    public record Connections(
            @DefaultValue("16KB") DataSize maxHeader,
            @DefaultValue("10s") Duration headerTimeout,
            @DefaultValue("60s") Duration bodyTimeout,
            @DefaultValue("150s") Duration keepAlive,
            @DefaultValue("1s") Duration pingEvery) {

        public Connections {
            require(
                    maxHeader.toBytes() >= 4096 && maxHeader.toBytes() <= 1 << 20,
                    "connections.max-header",
                    "4KB to 1MB");
            require(shortTime(headerTimeout), "connections.header-timeout", "100ms to 1h");
            require(shortTime(bodyTimeout), "connections.body-timeout", "100ms to 1h");
            require(
                    between(keepAlive, Duration.ofMinutes(2), Duration.ofHours(1)),
                    "connections.keep-alive",
                    "120s to 1h");
            require(shortTime(pingEvery), "connections.ping-every", "100ms to 1h");
        }

        private static boolean shortTime(Duration time) {
            return between(time, Duration.ofMillis(100), Duration.ofHours(1));
        }
    }

    /** The models' names by their aliases. */
    public Map<String, ModelName> modelsByAlias() {
        return aliases.stream()
                .collect(
                        Collectors.toMap(
                                ApiSettings::alias,
                                entry -> new ModelName(entry.substring(entry.indexOf('=') + 1))));
    }

    private static String alias(String entry) {
        return entry.substring(0, entry.indexOf('='));
    }

    private static boolean areAliases(List<String> entries) {
        return entries.stream().allMatch(entry -> ALIAS.matcher(entry).matches())
                && entries.stream().map(ApiSettings::alias).distinct().count() == entries.size();
    }

    private static boolean between(Duration time, Duration least, Duration most) {
        return time.compareTo(least) >= 0 && time.compareTo(most) <= 0;
    }

    private static void require(boolean valid, String key, String expected) {
        if (!valid) {
            throw new IllegalArgumentException("holt.api." + key + ": must be " + expected);
        }
    }
}
