package holt.api.files;

import holt.store.ObjectStore;
import holt.store.StoreSettings;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FilesSettings.class)
class FilesConfiguration {
    @Bean
    FileUrls fileUrls(
            ObjectStore store,
            StoreSettings storeSettings,
            FilesSettings settings,
            InstantSource brokerClock) {
        if (storeSettings.pictureLife().compareTo(settings.urlLife()) < 0) {
            throw new IllegalArgumentException(
                    "holt.store.picture-life: must be at least holt.files.url-life, which is "
                            + settings.urlLife());
        }
        return new FileUrls(
                store,
                storeSettings.publicUrl() != null,
                settings.urlLife(),
                new SignFiles(storeSettings.keys().secret()),
                brokerClock);
    }
}
