package holt.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.ModelName;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TopicsTest {
    @Test
    void aQueueIsNamedAfterTheSlug() {
        assertThat(Topics.queue(new ModelName("otter"))).isEqualTo("holt.jobs.otter");
    }

    @Test
    @DisplayName(
            "R17: the first failed attempt waits on 1s, the second on 5s, every later one on 30s")
    void delaysGrowUpToTheLongest() {
        assertThat(
                        IntStream.rangeClosed(1, 4)
                                .mapToObj(Topics.Retry::after)
                                .map(Topics.Retry::topic))
                .containsExactly(
                        "holt.retry.1s", "holt.retry.5s", "holt.retry.30s", "holt.retry.30s");
    }
}
