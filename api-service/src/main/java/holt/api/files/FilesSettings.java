package holt.api.files;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code holt.files.*}.
 *
 * @param urlLife how long a picture's URL is valid; at most 7 days, the limit of S3 signatures
 */
@ConfigurationProperties("holt.files")
public record FilesSettings(@DefaultValue("1h") Duration urlLife) {
    public FilesSettings {
        if (urlLife.toSeconds() < 1 || urlLife.compareTo(Duration.ofDays(7)) > 0) {
            throw new IllegalArgumentException("holt.files.url-life: must be 1s to 7d");
        }
    }
}
