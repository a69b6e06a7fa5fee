package holt.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.gguf.GgufWriter;
import holt.engine.directory.FoundModels;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufPartsTest {
    private static final byte[] ONE = {0, 0, (byte) 128, 63};

    @TempDir Path folder;

    @Test
    void theTensorsOfAllPartsAreTheModels() throws IOException {
        Path first = first(2).write(folder.resolve("otter-00001-of-00002.gguf"));
        second().write(folder.resolve("otter-00002-of-00002.gguf"));

        for (Path model : List.of(first, folder)) {
            try (Checkpoint checkpoint = Checkpoint.open(model);
                    Arena scope = Arena.ofConfined()) {
                assertThat(checkpoint.names())
                        .containsExactlyInAnyOrder("model.norm.weight", "lm_head.weight");
                assertThat(
                                checkpoint
                                        .tensor("lm_head.weight")
                                        .data(scope)
                                        .toArray(ValueLayout.JAVA_FLOAT))
                        .containsExactly(1f);
            }
        }
        assertThat(ModelFiles.nameOf(first)).isEqualTo("otter");
        assertThat(FoundModels.in(folder))
                .isEqualTo(new FoundModels(List.of(first), new TreeMap<>()));
        assertThat(GgufParts.of(first)).hasSize(2);
    }

    @Test
    void aMissingPartIsNamed() {
        Path first = first(2).write(folder.resolve("otter-00001-of-00002.gguf"));

        assertRefused(first, "needs otter-00002-of-00002.gguf beside it");
    }

    @Test
    void aPartUnderAnotherNameIsRefused() {
        assertRefused(
                first(2).write(folder.resolve("otter.gguf")),
                "is one of 1 parts by its name, and one of 2 by its metadata");
    }

    @Test
    void aTensorInTwoPartsIsRefused() throws IOException {
        Path first = first(2).write(folder.resolve("otter-00001-of-00002.gguf"));
        Files.copy(first, folder.resolve("otter-00002-of-00002.gguf"));

        assertRefused(first, "has the tensor output_norm.weight of an earlier part");
    }

    private static void assertRefused(Path model, String why) {
        assertThatThrownBy(() -> Checkpoint.open(model).close())
                .isInstanceOf(UnloadableModelException.class)
                .hasMessageContaining(why);
    }

    private static GgufWriter first(int parts) {
        return new GgufWriter()
                .text("general.architecture", "llama")
                .whole("split.count", parts)
                .tensor("output_norm.weight", 0, List.of(1L), ONE);
    }

    private static GgufWriter second() {
        return new GgufWriter()
                .whole("split.count", 2)
                .tensor("output.weight", 0, List.of(1L), ONE);
    }
}
