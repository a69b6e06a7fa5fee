package holt.api.files;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code holt.files.*}.
 *
 * @param urlLife how long a picture's URL is good for, from when it was given; at most what an S3 service signs for
 */
@ConfigurationProperties("holt.files")
public record FilesSettings(@DefaultValue("1h") Duration urlLife) {
    public FilesSettings {
        if (urlLife.toSeconds() < 1 || urlLife.compareTo(Duration.ofDays(7)) > 0) {
            throw new IllegalArgumentException("holt.files.url-life: 1s to 7d expected");
        }
    }
}
