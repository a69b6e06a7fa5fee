package holt.store;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The object store of one process, from {@code holt.store.*}. Its keys come from {@code HOLT_S3_ACCESS_KEY} and {@code HOLT_S3_SECRET_KEY}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StoreConfiguration.Properties.class)
public class StoreConfiguration {

    @ConfigurationProperties("holt.store")
    record Properties(
            @DefaultValue("http://127.0.0.1:9000") URI endpoint,
            @Nullable URI publicUrl,
            @DefaultValue("holt") String bucket,
            @DefaultValue("us-east-1") String region,
            @DefaultValue("7d") Duration pictureLife,
            @DefaultValue("2s") Duration connectTimeout,
            @DefaultValue("30s") Duration callTimeout,
            @Nullable Path ca) {}

    @Bean
    StoreSettings storeSettings(
            Properties properties,
            @Value("${holt.store.access-key:${HOLT_S3_ACCESS_KEY:}}") String accessKey,
            @Value("${holt.store.secret-key:${HOLT_S3_SECRET_KEY:}}") String secretKey) {
        return new StoreSettings(
                properties.endpoint,
                properties.publicUrl,
                properties.bucket,
                properties.region,
                new StoreKeys(accessKey, secretKey),
                properties.pictureLife,
                properties.connectTimeout,
                properties.callTimeout,
                properties.ca);
    }

    @Bean
    MeasuredObjectStore objectStore(StoreSettings settings) {
        return new MeasuredObjectStore(new S3ObjectStore(settings));
    }

    @Bean
    PictureKeys pictureKeys(InstantSource brokerClock) {
        return new PictureKeys(brokerClock);
    }

    @Bean
    DeleteOldDays deleteOldDays(ObjectStore store, InstantSource brokerClock) {
        return new DeleteOldDays(store, brokerClock);
    }

    @Bean
    ClaimCheck claimCheck(ObjectStore store, InstantSource brokerClock) {
        return new ClaimCheck(store, brokerClock);
    }
}
