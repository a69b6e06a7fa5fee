package holt.engine.directory;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.Fixtures;
import holt.engine.GgufFixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoundModelsTest {
    @TempDir Path temp;

    private Path models;

    @BeforeEach
    void createDirectory() throws IOException {
        models = Files.createDirectory(temp.resolve("models"));
    }

    @Test
    void aGgufFileMayEndInCapitals() throws IOException {
        Path file = Files.move(GgufFixtures.of("qwen3", temp), models.resolve("otter.GGUF"));

        assertThat(FoundModels.in(models).models()).containsExactly(file);
    }

    @Test
    void aCacheOfTheHubNamesTheLinkToMake() throws IOException {
        Path cache = models.resolve("models--org--tiny");
        Path snapshots = Files.createDirectories(cache.resolve("snapshots"));
        Path snapshot = Fixtures.model("smollm2", snapshots);

        assertThat(FoundModels.in(models).unusable().get(cache))
                .endsWith("ln -s " + snapshot + " " + models.resolve("org--tiny"));
        Files.createSymbolicLink(models.resolve("org--tiny"), snapshot);
        assertThat(FoundModels.in(models).models()).containsExactly(models.resolve("org--tiny"));
    }

    @Test
    void anEmptyCacheOfTheHubNamesTheModelToPull() throws IOException {
        Path cache = models.resolve("models--org--tiny");
        Files.createDirectories(cache.resolve("snapshots/abc"));

        assertThat(FoundModels.in(models).unusable().get(cache)).endsWith("./holt pull org/tiny");
    }

    @Test
    void anAdapterAloneNamesItsBaseModel() throws IOException {
        Path adapter = Files.createDirectory(models.resolve("lora"));
        Files.writeString(
                adapter.resolve("adapter_config.json"), "{\"base_model_name_or_path\":\"x/y\"}");
        Files.createFile(adapter.resolve("adapter_model.safetensors"));

        assertThat(FoundModels.in(models).unusable().get(adapter)).contains("merge it into x/y");
    }

    @Test
    void aDamagedEntryDoesNotHideTheOthers() throws IOException {
        Path adapter = Files.createDirectory(models.resolve("lora"));
        Files.writeString(adapter.resolve("adapter_config.json"), "{");
        Path link = Files.createSymbolicLink(models.resolve("gone"), temp.resolve("nowhere"));
        Path model = Fixtures.model("smollm2", models);

        FoundModels found = FoundModels.in(models);

        assertThat(found.models()).containsExactly(model);
        assertThat(found.unusable()).containsOnlyKeys(adapter, link);
    }

    @Test
    void modelsBelowAFolderAreNamed() throws IOException {
        Path organisation = Files.createDirectory(models.resolve("org"));
        Fixtures.model("smollm2", organisation);

        assertThat(FoundModels.in(models).unusable().get(organisation))
                .contains("such as smollm2: ", "name " + organisation + " as the models directory");
    }

    @Test
    void weightsWithoutAConfigurationAreNamed() throws IOException {
        Path file = Files.createFile(models.resolve("one.safetensors"));
        Path folder = Files.createDirectory(models.resolve("two"));
        Files.createFile(folder.resolve("model.safetensors"));
        Path image = models.resolve("three");
        Files.createDirectories(image.resolve("unet"));

        assertThat(FoundModels.in(models).unusable())
                .containsOnlyKeys(file, folder, image)
                .containsEntry(folder, "it has weights but no config.json")
                .containsEntry(image, "it has no model_index.json");
    }

    @Test
    void otherEntriesAreIgnored() throws IOException {
        Files.createDirectories(models.resolve(".pull/org--tiny/abc"));
        Files.createDirectory(models.resolve("empty"));
        Files.createFile(models.resolve("notes.txt"));

        FoundModels found = FoundModels.in(models);

        assertThat(found.models()).isEmpty();
        assertThat(found.unusable()).isEmpty();
        assertThat(FoundModels.in(temp.resolve("nowhere")).models()).isEmpty();
    }
}
