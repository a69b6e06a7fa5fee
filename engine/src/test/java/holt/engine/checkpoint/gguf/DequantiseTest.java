package holt.engine.checkpoint.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import holt.engine.Fixtures;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    /** Elements 0 to 31 in order: the first half in low nibbles, the second in high ones, all their fifth bits before. */
    @ParameterizedTest
    @CsvSource({"Q5_0, -8.0", "Q5_1, 0.25"})
    void aFifthBitAddsSixteen(GgufType type, float least) {
        ByteBuffer block = ByteBuffer.allocate(type.blockBytes()).order(ByteOrder.LITTLE_ENDIAN);
        block.putShort(Float.floatToFloat16(0.5f));
        if (type == GgufType.Q5_1) {
            block.putShort(Float.floatToFloat16(least));
        }
        block.putInt(0xFFFF0000); // elements 16 to 31
        for (int i = 0; i < 16; i++) {
            block.put((byte) (i | (i << 4)));
        }
        try (Arena scope = Arena.ofConfined()) {
            float[] values =
                    Dequantise.toFloats(type, MemorySegment.ofArray(block.array()), scope)
                            .toArray(ValueLayout.JAVA_FLOAT);

            for (int i = 0; i < 32; i++) {
                assertThat(values[i]).isEqualTo(0.5f * i + least);
            }
        }
    }

    private static Golden golden(GgufType type) throws IOException {
        try (InputStream in = Fixtures.class.getResourceAsStream("gguf.json")) {
            Map<String, Golden> all = new JsonMapper().readValue(in, new TypeReference<>() {});
            return all.get(type.name());
        }
    }
}
