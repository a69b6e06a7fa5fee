package holt.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompareConfigsTest {
    @ParameterizedTest
    @CsvSource({
        "message.timestamp.type, CreateTime, LogAppendTime, false",
        "message.timestamp.type, LogAppendTime, LogAppendTime, true",
        "cleanup.policy, compact, delete, false",
        "retention.ms, 999, 1000, false",
        "retention.ms, 1000, 1000, true",
        "retention.ms, 2000, 1000, true",
        "retention.ms, -1, 1000, true",
        "segment.ms, 2000, 1000, false",
        "segment.ms, 500, 1000, true",
        "segment.bytes, 1000, 500, false",
        "min.insync.replicas, 1, 2, false",
        "min.insync.replicas, 3, 2, true",
        "another, 1, 1, false"
    })
    void comparesEachSettingInItsOwnWay(String name, String present, String wanted, boolean does) {
        String shown = name.equals("another") ? "other" : name;
        var config = new Config(List.of(new ConfigEntry(shown, present)));

        Map<String, String> differing = CompareConfigs.differing(config, Map.of(name, wanted));

        assertThat(differing.isEmpty()).isEqualTo(does);
    }
}
