package holt.standalone.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChooseFilesTest {
    private static final HubModel MODEL = HubModel.parse("otter/fish").orElseThrow();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // One file rather than its shards.
                "model.safetensors model-00001-of-00002.safetensors model.safetensors.index.json | model.safetensors",
                "model-00001-of-00002.safetensors model-00002-of-00002.safetensors model.safetensors.index.json model.fp16.safetensors"
                        + " | model-00001-of-00002.safetensors model-00002-of-00002.safetensors model.safetensors.index.json",
                // Half precision only where there is nothing else.
                "model.fp16.safetensors tf_model.h5 | model.fp16.safetensors",
                "config.json chat_template.jinja tokenizer.model model.safetensors consolidated.safetensors training_args.bin"
                        + " | chat_template.jinja config.json model.safetensors tokenizer.model"
            })
    void aFolderOfAText(String there, String chosen) {
        assertThat(choose(there.split(" "))).containsExactlyInAnyOrder(chosen.split(" "));
    }

    @Test
    void aDiffusersFolderByItsParts() {
        assertThat(
                        choose(
                                "README.md",
                                "generation_config.json",
                                "model_index.json",
                                "sd-v1-5.safetensors",
                                "feature_extractor/preprocessor_config.json",
                                "safety_checker/config.json",
                                "safety_checker/model.safetensors",
                                "scheduler/scheduler_config.json",
                                "text_encoder/config.json",
                                "text_encoder/model.safetensors",
                                "text_encoder/model.fp16.safetensors",
                                "text_encoder/pytorch_model.bin",
                                "tokenizer/merges.txt",
                                "tokenizer/vocab.json",
                                "unet/config.json",
                                "unet/diffusion_pytorch_model.fp16.safetensors",
                                "unet/diffusion_pytorch_model.non_ema.safetensors",
                                "vae/config.json",
                                "vae/diffusion_pytorch_model.safetensors",
                                "vae_decoder/model.onnx"))
                .containsExactlyInAnyOrder(
                        "generation_config.json",
                        "model_index.json",
                        "scheduler/scheduler_config.json",
                        "text_encoder/config.json",
                        "text_encoder/model.safetensors",
                        "tokenizer/merges.txt",
                        "tokenizer/vocab.json",
                        "unet/config.json",
                        "unet/diffusion_pytorch_model.fp16.safetensors",
                        "vae/config.json",
                        "vae/diffusion_pytorch_model.safetensors");
    }

    @Test
    void aModelWithoutWeightsThatHoltReadsIsRefusedWithThoseThatItHas() {
        assertThatThrownBy(() -> choose("config.json", "pytorch_model.bin", "../evil.safetensors"))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("no weights that Holt reads")
                .hasMessageContaining("pytorch_model.bin");
    }

    @ParameterizedTest
    @CsvSource({
        "fish",
        "otter/",
        "../fish",
        "otter/fish@",
        "otter/fish@../x",
        "otter/fi sh",
        "a/b/c",
        "a/b/../c.gguf"
    })
    void aNameOfAnotherFormIsNone(String text) {
        assertThat(HubModel.parse(text)).isEmpty();
    }

    @Test
    void aRevisionMayFollowTheName() {
        assertThat(HubModel.parse("otter/fish-1.5@refs/pr/1"))
                .contains(new HubModel("otter", "fish-1.5", null, "refs/pr/1"));
        assertThat(HubModel.parse("otter/fish"))
                .contains(new HubModel("otter", "fish", null, "main"));
    }

    @Test
    void oneGgufFileIsPulledByItsName() {
        HubModel model = HubModel.parse("otter/fish-GGUF/fish-Q8_0.gguf@v1").orElseThrow();

        assertThat(model).isEqualTo(new HubModel("otter", "fish-GGUF", "fish-Q8_0.gguf", "v1"));
        assertThat(model.folder()).isEqualTo("otter--fish-Q8_0");
        assertThat(choose(model, "README.md", "fish-Q4_0.gguf", "fish-Q8_0.gguf"))
                .containsExactly("fish-Q8_0.gguf");
        assertThatThrownBy(() -> choose("README.md", "fish-Q4_0.gguf", "fish-Q8_0.gguf"))
                .isInstanceOf(HubException.class)
                .hasMessage(
                        "otter/fish has GGUF files: pull one of them, such as otter/fish/fish-Q4_0.gguf."
                                + " It has fish-Q4_0.gguf, fish-Q8_0.gguf");
    }

    @Test
    void aModelInSeveralGgufFilesIsPulledByTheNameOfOne() {
        HubModel model =
                HubModel.parse("otter/fish-GGUF/fish-Q8_0-00002-of-00002.gguf").orElseThrow();

        assertThat(model.folder()).isEqualTo("otter--fish-Q8_0");
        assertThat(
                        choose(
                                model,
                                "fish-Q8_0-00001-of-00002.gguf",
                                "fish-Q8_0-00002-of-00002.gguf",
                                "fish-Q4_0-00001-of-00002.gguf",
                                "fish-Q8_0.json"))
                .containsExactly("fish-Q8_0-00001-of-00002.gguf", "fish-Q8_0-00002-of-00002.gguf");
    }

    private static List<String> choose(String... paths) {
        return choose(MODEL, paths);
    }

    private static List<String> choose(HubModel model, String... paths) {
        List<HubFile> all =
                Arrays.stream(paths).map(path -> new HubFile(path, 1, null, null)).toList();
        return ChooseFiles.of(model, all).stream().map(HubFile::path).toList();
    }
}
