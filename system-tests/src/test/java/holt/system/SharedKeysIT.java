package holt.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.standalone.client.HoltAnswerException;
import holt.standalone.client.HoltClient;
import holt.standalone.client.KeysClient;
import holt.standalone.client.ServedKey;
import holt.system.rig.Cluster;
import holt.system.rig.time.Await;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys on two API instances. */
class SharedKeysIT {
    private static final String ADMIN = "otters-hold-hands-asleep";
    private static final String REQUIRED = "HOLT_KEYS_REQUIRED=always";

    @TempDir Path directory;

    @Test
    void aKeyBeginsAndEndsOnAllInstances() {
        try (var cluster = new Cluster(directory)) {
            // Given an instance without any key
            assertThatThrownBy(() -> cluster.api(REQUIRED))
                    .hasMessageContaining("ended with 1")
                    .hasMessageContaining("HOLT_ADMIN_KEY");

            // When an operator makes a key on one instance
            URI one = cluster.api(REQUIRED, "HOLT_ADMIN_KEY=" + ADMIN).url();
            var operator = new KeysClient(one, ADMIN);
            ServedKey key = operator.create("otter", null, List.of(), null);

            // Then it opens another instance, which needs no key of an operator
            URI other = cluster.api(REQUIRED).url();
            assertThat(new HoltClient(other, key.secret()).models()).isEmpty();
            assertThatThrownBy(() -> new HoltClient(other, ADMIN).models())
                    .isInstanceOf(HoltAnswerException.class);

            // And a new secret ends the old one there
            ServedKey rotated = operator.rotate(key.id());
            Await.until(() -> !opens(other, key.secret()));
            assertThat(opens(other, rotated.secret())).isTrue();

            // And the key ends on both
            operator.revoke(key.id());
            assertThat(opens(one, rotated.secret())).isFalse();
            Await.until(() -> !opens(other, rotated.secret()));
        }
    }

    private static boolean opens(URI api, String key) {
        try {
            new HoltClient(api, key).models();
            return true;
        } catch (HoltAnswerException e) {
            assertThat(e).hasMessageContaining("the key is unknown, expired or revoked");
            return false;
        }
    }
}
