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
    /** Memory for the decoding of the largest picture. */
    private static final long DECODER_BYTES = 512L << 20;

    @Bean
    FetchImage fetchImage(SourcesSettings settings) {
        return new FetchImage(
                new ResolveHost(AllowedHosts.of(settings.allowHosts()), Dns.SYSTEM),
                new OkHttpClient(),
                FetchImage.Limits.USUAL);
    }

    @Bean
    ReadSourceImages sourceImages(FileUrls files, ObjectStore store, FetchImage fetch) {
        Runtime here = Runtime.getRuntime();
        int decoders = Math.clamp(here.maxMemory() / DECODER_BYTES, 1, here.availableProcessors());
        return new ReadSourceImages(files, store, fetch, decoders);
    }
}
