package holt.api.sources;

import holt.api.files.FileUrls;
import holt.store.ObjectStore;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SourcesSettings.class)
class SourcesConfiguration {
    /** What the largest picture may take while it is decoded. */
    private static final long DECODING = 512L << 20;

    @Bean
    FetchImage fetchImage(SourcesSettings settings) {
        return new FetchImage(
                new ResolveHost(AllowedHosts.of(settings.allowHosts()), Dns.SYSTEM),
                new OkHttpClient(),
                FetchImage.Limits.USUAL);
    }

    @Bean
    SourceImages sourceImages(FileUrls files, ObjectStore store, FetchImage fetch) {
        Runtime here = Runtime.getRuntime();
        int decoders = Math.clamp(here.maxMemory() / DECODING, 1, here.availableProcessors());
        return new SourceImages(files, store, fetch, decoders);
    }
}
