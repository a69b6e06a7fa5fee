package holt.api.models;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which models are offered.
 *
 * @param unservedGrace how long a model that no worker serves any more is still listed, and its jobs wait
 */
@ConfigurationProperties("holt.models")
public record ModelsSettings(@DefaultValue("5m") Duration unservedGrace) {}
