package holt.engine.checkpoint.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import holt.engine.Fixtures;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

class DequantiseTest {
    /** What ggml's package makes of some numbers. */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    record Golden(String stored, float[] values) {}

    @ParameterizedTest
    @EnumSource(
            value = GgufType.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"F32", "F16", "BF16"})
    void blocksBecomeTheNumbersThatGgmlMakesOfThem(GgufType type) throws IOException {
        Golden golden = golden(type);
        byte[] stored = Base64.getDecoder().decode(golden.stored());
        try (Arena scope = Arena.ofConfined()) {
            MemorySegment floats = Dequantise.toFloats(type, MemorySegment.ofArray(stored), scope);

            assertThat(floats.toArray(ValueLayout.JAVA_FLOAT))
                    .containsExactly(golden.values(), within(0f)); // which takes -0 for 0
        }
    }

    private static Golden golden(GgufType type) throws IOException {
        try (InputStream in = Fixtures.class.getResourceAsStream("gguf.json")) {
            Map<String, Golden> all = new JsonMapper().readValue(in, new TypeReference<>() {});
            return all.get(type.name());
        }
    }
}
