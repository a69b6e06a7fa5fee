package holt.api.models;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code holt.models.*}.
 *
 * @param unservedGrace how long a model without a worker is still listed and its jobs wait
 */
@ConfigurationProperties("holt.models")
public record ModelsSettings(@DefaultValue("5m") Duration unservedGrace) {}
