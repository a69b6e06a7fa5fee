package holt.api.sources;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code holt.sources.*}.
 *
 * @param allowHosts private hosts from which pictures may be fetched: {@code HOST}, {@code HOST:PORT} or a network such as
 *     {@code 10.0.0.0/8}
 */
@ConfigurationProperties("holt.sources")
public record SourcesSettings(@DefaultValue List<String> allowHosts) {}
