package holt.worker.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VllmSlotsTest {
    private static final String METRICS =
            """
            # HELP vllm:num_requests_running Number of requests in model execution batches.
            # TYPE vllm:num_requests_running gauge
            vllm:num_requests_running{engine="0",model_name="Qwen/Qwen3-8B"} 3.0
            vllm:num_requests_running{engine="1",model_name="Qwen/Qwen3-8B"} 2.0
            vllm:num_requests_waiting{engine="0",model_name="Qwen/Qwen3-8B"} 1.0
            vllm:num_requests_waiting_by_reason{engine="0",reason="capacity"} 9.0
            vllm:cache_config_info{block_size="16",cache_dtype="auto",num_gpu_blocks="2048",num_cpu_blocks="None"} 1.0
            """;

    @Test
    void aVllmIsReadByItsMetrics() {
        assertThat(VllmLoad.of(METRICS)).isEqualTo(new VllmLoad(5, 1, 32_768));
        assertThat(VllmLoad.of("llamacpp:requests_processing 1\n")).isNull();
        assertThat(VllmLoad.of("vllm:num_requests_running broken\n"))
                .isEqualTo(new VllmLoad(0, 0, 0));
    }

    @Test
    @DisplayName("R171: a vLLM begins with at most 8 slots, and no more than its cache holds")
    void theSlotsAtFirstFitIntoTheCache() {
        assertThat(new VllmSlots(new VllmLoad(0, 0, 32_768), 4096).now()).isEqualTo(8);
        assertThat(new VllmSlots(new VllmLoad(0, 0, 32_768), 16_384).now()).isEqualTo(2);
        assertThat(new VllmSlots(new VllmLoad(0, 0, 32_768), 65_536).now()).isEqualTo(1);
        assertThat(new VllmSlots(new VllmLoad(0, 0, 1L << 40), 2048).now()).isEqualTo(8);
        assertThat(new VllmSlots(new VllmLoad(0, 0, 0), 2048).now()).isEqualTo(8);
    }

    @Test
    @DisplayName("R171: full slots become more while nothing waits inside the engine")
    void fullSlotsBecomeMore() {
        var slots = new VllmSlots(new VllmLoad(0, 0, 0), 2048);

        assertThat(slots.next(load(7, 0))).isEqualTo(8);
        assertThat(slots.next(load(8, 0))).isEqualTo(10);
        IntStream.range(0, 100).forEach(_ -> slots.next(load(slots.now(), 0)));

        assertThat(slots.now()).isEqualTo(VllmSlots.MOST);
    }

    @Test
    @DisplayName("R171: once requests wait inside the engine, there are as many slots as run")
    void aQueueInsideTheEngineTakesSlots() {
        var slots = new VllmSlots(new VllmLoad(0, 0, 0), 2048);

        assertThat(slots.next(load(6, 2))).as("one step of the engine").isEqualTo(8);
        assertThat(slots.next(load(6, 2))).isEqualTo(6);
        assertThat(slots.next(load(6, 2))).as("the two are still inside").isEqualTo(6);
        assertThat(slots.next(load(6, 0))).as("the same again would queue again").isEqualTo(6);
        assertThat(slots.next(load(6, 0))).isEqualTo(6);
    }

    @Test
    void requestsOfOthersTakeASlotAMinute() {
        var slots = new VllmSlots(new VllmLoad(0, 0, 0), 2048);

        IntStream.range(0, 62).forEach(_ -> slots.next(load(20, 9)));

        assertThat(slots.now()).isEqualTo(5);
    }

    @Test
    void afterAWhileOneMoreIsTried() {
        var slots = new VllmSlots(new VllmLoad(0, 0, 0), 2048);
        slots.next(load(6, 2));
        slots.next(load(6, 2));

        IntStream.range(0, 30).forEach(_ -> slots.next(load(6, 0)));

        assertThat(slots.now()).isEqualTo(7);
    }

    @Test
    void oneSlotIsLeft() {
        var slots = new VllmSlots(new VllmLoad(0, 0, 0), 2048);

        IntStream.range(0, 20).forEach(_ -> slots.next(load(0, 5)));

        assertThat(slots.now()).isEqualTo(1);
    }

    private static VllmLoad load(int running, int waiting) {
        return new VllmLoad(running, waiting, 0);
    }
}
