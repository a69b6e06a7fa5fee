package holt.api.admin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code holt.admin.*} beside the operator's key.
 *
 * @param showRequests whether operators see what callers asked for
 */
@ConfigurationProperties("holt.admin")
record OperatorSettings(@DefaultValue("false") boolean showRequests) {}
