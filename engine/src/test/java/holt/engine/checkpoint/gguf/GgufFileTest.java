package holt.engine.checkpoint.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.engine.Fixtures;
import holt.engine.GgufFixtures;
import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.ModelFiles;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GgufFileTest {
    @TempDir Path folder;

    @Test
    void metadataAndTensorsAreFound() {
        Path file =
                new GgufWriter()
                        .text("a", "otter 🦦")
                        .whole("b", -1) // unsigned
                        .real("c", 0.5)
                        .truth("d", true)
                        .texts("e", List.of("x", "", "yz"))
                        .wholes("f", List.of(-1, 2))
                        .reals("g", List.of(1.5, -2.0))
                        .tensor("t", 1, List.of(2L, 3L), new byte[12])
                        .tensor("u", 0, List.of(1L), new byte[] {0, 0, (byte) 128, 63})
                        .write(folder.resolve("a.gguf"));
        try (Arena arena = Arena.ofConfined()) {
            GgufFile gguf = GgufFile.map(file, arena);

            assertThat(gguf.text("a")).contains("otter 🦦");
            assertThat(gguf.whole("b")).hasValue(0xFFFFFFFFL);
            assertThat(gguf.real("c")).contains(0.5);
            assertThat(gguf.truth("d")).contains(true);
            assertThat(gguf.sequence("e").orElseThrow().texts()).containsExactly("x", "", "yz");
            assertThat(gguf.sequence("f").orElseThrow().wholes()).containsExactly(-1L, 2L);
            assertThat(gguf.sequence("g").orElseThrow().reals()).containsExactly(1.5, -2.0);
            assertThat(gguf.text("z")).isEmpty();
            assertThat(gguf.tensors().get("t").shape()).containsExactly(2L, 3L);
            assertThat(gguf.tensors().get("u").data().toArray(ValueLayout.JAVA_FLOAT))
                    .containsExactly(1f);
            assertThatThrownBy(() -> gguf.whole("a"))
                    .isInstanceOf(UnloadableModelException.class)
                    .hasMessageContaining("a must be an integer");
        }
    }

    @Test
    void aTensorOfAnotherTypeIsRefusedByName() throws IOException {
        Path file =
                new GgufWriter()
                        .tensor("blk.0.attn_q.weight", 18, List.of(256L), new byte[98])
                        .write(folder.resolve("a.gguf"));

        assertRefused(
                file, "tensor blk.0.attn_q.weight has the type IQ3_XXS; supported are [F32, F16,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0  | 88          | does not begin with GGUF",
                "4  | 1           | is a GGUF file of version 1; 2 and 3 are supported",
                "4  | 50331648    | is a big-endian GGUF file; only little-endian ones are supported",
                "8  | 2000000000  | it has no room for 2000000000 elements",
                "16 | 2000000000  | it has no room for 2000000000 elements",
                "24 | 2000000000  | it has no room for 2000000000 elements",
                "33 | 99          | a value of the unknown type 99",
                "50 | 9           | tensor t has 9 dimensions",
                "54 | 0           | tensor t cannot have the shape [0]",
                "54 | 65          | tensor t lies outside of the file",
                "62 | 9           | tensor t has the type Q8_1",
                "66 | 4096        | tensor t lies outside of the file"
            })
    void aBrokenFileIsRefusedWithTheReason(int at, int value, String reason) throws IOException {
        // From 0: magic, version, two counts; from 24: key, type at 33, value; from 41: name, sizes
        // at 50 and 54, type, offset.
        byte[] sound = sound();
        ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        Path file = Files.write(folder.resolve("a.gguf"), sound);

        assertRefused(file, reason);
    }

    @Test
    void aFileThatEndsEarlyIsRefusedWhereverItEnds() throws IOException {
        byte[] sound = sound();
        for (int length = 0; length < sound.length; length++) {
            Path file = Files.write(folder.resolve("a.gguf"), Arrays.copyOf(sound, length));

            assertThatThrownBy(() -> map(file)).isInstanceOf(UnloadableModelException.class);
        }
        map(Files.write(folder.resolve("a.gguf"), sound));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind    | the architecture gemma2 is not supported; supported are [gemma3, llama, qwen2, qwen3]",
                "experts | llama.expert_count 8 is not supported"
            })
    void aModelOfAnotherKindIsRefusedByName(String what, String reason) {
        GgufWriter gguf = GgufFixtures.writer(Fixtures.model("smollm2", folder));
        switch (what) {
            case "experts" -> gguf.whole("llama.expert_count", 8);
            default -> gguf.text("general.architecture", "gemma2"); // the later one counts
        }
        Path file = gguf.write(folder.resolve("a.gguf"));

        assertThatThrownBy(() -> ModelFiles.json(file, "config.json"))
                .isInstanceOf(UnloadableModelException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "tokenizer.json"})
    void anArchitectureIsRefusedBeforeATypeOfItsTensors(String name) {
        Path file =
                new GgufWriter()
                        .text("general.architecture", "gemma2")
                        .tensor("t", 10, List.of(256L), new byte[84])
                        .write(folder.resolve("a.gguf"));

        assertThatThrownBy(() -> ModelFiles.json(file, name))
                .isInstanceOf(UnloadableModelException.class)
                .hasMessageContaining("the architecture gemma2 is not supported");
    }

    @Test
    void aFolderWithSeveralFilesIsNoModel() {
        GgufWriter gguf = new GgufWriter();
        gguf.write(folder.resolve("a.gguf"));
        gguf.write(folder.resolve("b.gguf"));

        assertThatThrownBy(() -> ModelFiles.json(folder, "config.json"))
                .isInstanceOf(UnloadableModelException.class)
                .hasMessageContaining("has several GGUF files");
        assertThat(ModelFiles.nameOf(folder.resolve("a.gguf"))).isEqualTo("a");
    }

    /** One value, {@code a}, and one tensor, {@code t}. */
    private static byte[] sound() {
        return new GgufWriter().whole("a", 1).tensor("t", 0, List.of(8L), new byte[32]).bytes();
    }

    private void assertRefused(Path file, String reason) {
        assertThatThrownBy(() -> map(file))
                .isInstanceOf(UnloadableModelException.class)
                .hasMessageContaining(reason);
    }

    private static void map(Path file) {
        try (Arena arena = Arena.ofConfined()) {
            GgufFile.map(file, arena);
        }
    }
}
