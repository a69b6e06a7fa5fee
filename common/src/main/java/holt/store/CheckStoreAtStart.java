package holt.store;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets a process start only with a store that serves it. Add it to the sources of a process whose store runs elsewhere. */
@Configuration(proxyBeanMethods = false)
public class CheckStoreAtStart {
    /** Says that the store has been checked. */
    record Checked() {}

    @Bean
    Checked checkedStore(ObjectStore store, StoreSettings settings) throws InterruptedException {
        new CheckStore().check(store, settings.endpoint() + " (bucket " + settings.bucket() + ")");
        return new Checked();
    }
}
