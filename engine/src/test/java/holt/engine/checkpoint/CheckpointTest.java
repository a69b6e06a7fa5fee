package holt.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.engine.UnloadableModelException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointTest {
    @TempDir Path folder;

    @Test
    void tensorsAreFoundWithTypeShapeAndBytes() throws IOException {
        write(
                "model.safetensors",
                """
                {"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},
                "b":{"dtype":"BF16","shape":[3],"data_offsets":[8,14]}}\
                """,
                14);

        try (Checkpoint checkpoint = Checkpoint.open(folder);
                Arena unused = Arena.ofConfined()) {
            assertThat(checkpoint.names()).containsExactly("a", "b");
            StoredTensor b = checkpoint.tensor("b");
            assertThat(b.type()).isEqualTo(StoredType.BF16);
            assertThat(b.shape()).isEqualTo(List.of(3L));
            assertThat(b.data(unused).toArray(ValueLayout.JAVA_BYTE))
                    .containsExactly(8, 9, 10, 11, 12, 13);
            assertThatThrownBy(() -> checkpoint.tensor("c"))
                    .isInstanceOf(UnloadableModelException.class)
                    .hasMessageContaining("no tensor c");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":                                                        | not JSON",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,16]}} | outside of the file",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-4,4]}} | outside of the file",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}  | do not fit its shape",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[9223372036854775807,4],\"data_offsets\":[0,8]}} | too large",
                "{\"a\":{\"dtype\":\"I8\",\"shape\":[8],\"data_offsets\":[0,8]}}   | type I8"
            })
    void aBrokenFileIsRefusedWithTheReason(String header, String reason) throws IOException {
        write("model.safetensors", header, 8);

        assertRefused(reason);
    }

    @Test
    void aHeaderLongerThanTheFileIsRefused() throws IOException {
        Files.write(
                folder.resolve("model.safetensors"),
                new byte[] {100, 0, 0, 0, 0, 0, 0, 0, '{', '}'});

        assertRefused("header cannot be 100 bytes");
    }

    @Test
    void aFolderWithoutWeightsIsRefused() {
        assertRefused("neither model.safetensors nor model.safetensors.index.json");
    }

    @ParameterizedTest
    @CsvSource({"missing.safetensors", "../model.safetensors"})
    void anIndexMayNameOnlyFilesOfTheFolder(String shard) throws IOException {
        Files.writeString(
                folder.resolve("model.safetensors.index.json"),
                "{\"weight_map\":{\"a\":\"" + shard + "\"}}");

        assertRefused(shard + ", which is not in the folder");
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(() -> Checkpoint.open(folder).close())
                .isInstanceOf(UnloadableModelException.class)
                .hasMessageContaining(reason);
    }

    private void write(String name, String header, int dataBytes) throws IOException {
        byte[] json = header.strip().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).array());
        file.write(json);
        for (int i = 0; i < dataBytes; i++) {
            file.write(i);
        }
        Files.write(folder.resolve(name), file.toByteArray());
    }
}
