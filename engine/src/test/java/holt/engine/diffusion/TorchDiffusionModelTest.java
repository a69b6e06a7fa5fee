package holt.engine.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.engine.Fixtures;
import holt.engine.UnloadableModelException;
import holt.engine.Waves;
import holt.engine.decoder.ResidentMemory;
import holt.engine.diffusion.config.AutoencoderConfig;
import holt.engine.diffusion.config.UnetConfig;
import holt.engine.diffusion.noise.SchedulerChoice;
import holt.engine.torch.TorchModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TorchDiffusionModelTest {
    private static final double EXACT = 1e-3;
    private static final LatentSize ODD = new LatentSize(7, 9); // halving and doubling do not meet
    private static final int LENGTH = 16;

    @TempDir Path target;

    @BeforeAll
    static void prepare() {
        Fixtures.prepareRuntime();
        TorchModule.useThreads(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sd1", "sd2", "inpaint", "instruct", "wide", "sdxl"})
    void aUnetPredictsWhatDiffusersDoes(String name) {
        Path folder = Fixtures.imageModel(name, target);
        UnetConfig config = UnetConfig.read(folder.resolve("unet"));
        int rows = 2;
        int latents = config.inChannels() * ODD.positions();
        float[] samples = Waves.of(1, rows * latents);
        float[] texts = Waves.of(2, rows * LENGTH * config.textWidth());
        float[] pooled = Waves.of(3, rows * config.pooledWidth());
        double[] times = {7, 901.5};
        List<UnetInput> inputs =
                List.of(0, 1).stream()
                        .map(row ->
                                new UnetInput(
                                        part(samples, row),
                                        times[row],
                                        new Conditioning(part(texts, row), part(pooled, row), 0)))
                        .toList();
        float[] sizes = {16, 20, 1, 2, 32, 24, 8, 8, 0, 0, 64, 48};

        try (Unet unet = Unet.load(folder.resolve("unet"), config, "cpu", "fp32")) {
            List<float[]> predicted = unet.predict(inputs, ODD, sizes);
            float[] expected = numbers(golden(folder).path("unet"));
            for (int row = 0; row < rows; row++) {
                assertClose(predicted.get(row), part(expected, row), EXACT);
            }
        }
    }

    @Test
    void aUnetOfBfloat16PredictsNearlyTheSame() {
        Path folder = Fixtures.imageModel("sdxl", target);
        UnetConfig config = UnetConfig.read(folder.resolve("unet"));
        UnetInput question =
                new UnetInput(
                        Waves.of(1, config.inChannels() * ODD.positions()),
                        500,
                        new Conditioning(
                                Waves.of(2, LENGTH * config.textWidth()),
                                Waves.of(3, config.pooledWidth()),
                                0));
        float[] sizes = {16, 16, 0, 0, 16, 16};
        try (Unet exact = Unet.load(folder.resolve("unet"), config, "cpu", "fp32");
                Unet coarse = Unet.load(folder.resolve("unet"), config, "cpu", "bf16")) {
            float[] expected = exact.predict(List.of(question), ODD, sizes).getFirst();
            float[] found = coarse.predict(List.of(question), ODD, sizes).getFirst();
            assertClose(found, expected, 0.15);
            assertThat(found).isNotEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sd1", "sd2", "wide", "sdxl"})
    void anAutoencoderGoesBothWaysAsDiffusersDoes(String name) {
        Path folder = Fixtures.imageModel(name, target);
        AutoencoderConfig config = AutoencoderConfig.read(folder.resolve("vae"));
        int pixels = 3 * ODD.positions() * config.factor() * config.factor();
        try (Autoencoder autoencoder = Autoencoder.load(folder.resolve("vae"), config, "cpu")) {
            assertClose(
                    autoencoder.encode(Waves.of(4, pixels), ODD),
                    numbers(golden(folder).path("encoded")),
                    EXACT);
            assertClose(
                    autoencoder.decode(Waves.of(5, config.latentChannels() * ODD.positions()), ODD),
                    numbers(golden(folder).path("decoded")),
                    EXACT);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sd1,'',text,false",
        "sd2,'',text,false",
        "sdxl,'',text,true",
        "sdxl,_2,text2,true"
    })
    void aTextEncoderSaysWhatTransformersDoes(
            String name, String suffix, String key, boolean penultimate) {
        Path folder = Fixtures.imageModel(name, target);
        JsonNode golden = golden(folder).path(key);
        try (TextEncoder encoder =
                TextEncoder.load(
                        folder.resolve("text_encoder" + suffix),
                        folder.resolve("tokenizer" + suffix),
                        penultimate,
                        "cpu")) {
            Conditioning text = encoder.encode("An otter  by the RIVER?");
            assertClose(text.tokens(), numbers(golden.path("hidden")), EXACT);
            assertClose(text.pooled(), numbers(golden.path("pooled")), EXACT);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "model_index.json;StableDiffusionPipeline;FluxPipeline;FluxPipeline",
                "scheduler/scheduler_config.json;PNDMScheduler;HeunDiscreteScheduler;HeunDiscreteScheduler",
                "unet/config.json;\"time_cond_proj_dim\": null;\"time_cond_proj_dim\": 256;time_cond_proj_dim",
                "unet/config.json;\"DownBlock2D\";\"AttnDownBlock2D\";down_block_types",
                "unet/config.json;\"in_channels\": 4;\"in_channels\": 5;in_channels 5",
                "unet/config.json;\"layers_per_block\": 1;\"layers_per_block\": 2;down_blocks.0.resnets.1",
                "unet/config.json;\"cross_attention_dim\": 16;\"cross_attention_dim\": 24;width 24",
                "vae/config.json;AutoencoderKL;AutoencoderTiny;_class_name",
                "vae/config.json;\"mid_block_add_attention\": true;\"mid_block_add_attention\": false;mid_block.attentions",
                "text_encoder/config.json;CLIPTextModel;T5EncoderModel;T5EncoderModel",
                "text_encoder/config.json;quick_gelu;tanh;hidden_act"
            })
    void aFolderThatWouldGiveWrongPicturesIsRefusedByWhatIsWrong(
            String file, String is, String becomes, String named) throws IOException {
        Path folder = Fixtures.imageModel("sd1", target);
        String content = Files.readString(folder.resolve(file));
        assertThat(content).contains(is);
        Files.writeString(folder.resolve(file), content.replace(is, becomes));

        assertThatThrownBy(() ->
                        TorchDiffusionModel.load(folder, "cpu", "fp32", SchedulerChoice.FOLDER, 1))
                .isInstanceOf(UnloadableModelException.class)
                .hasMessageContaining(named);
    }

    @Test
    void anEmptyTextToSteerAwayFromIsSilentInXlOnly() {
        try (var xl =
                TorchDiffusionModel.load(
                        Fixtures.imageModel("sdxl", target),
                        "cpu",
                        "fp32",
                        SchedulerChoice.FOLDER,
                        1)) {
            assertThat(xl.conditionNegative("").tokens()).containsOnly(0);
            assertThat(xl.conditionNegative("").pooled()).containsOnly(0);
            assertThat(xl.condition("").tokens()).doesNotContain(0);
        }
        try (var sd1 =
                TorchDiffusionModel.load(
                        Fixtures.imageModel("sd1", target),
                        "cpu",
                        "fp32",
                        SchedulerChoice.FOLDER,
                        1)) {
            assertThat(sd1.conditionNegative("").tokens()).isEqualTo(sd1.condition("").tokens());
        }
    }

    @Test
    void memoryStaysFlat() {
        LatentSize size = new LatentSize(8, 8);
        float[] latents = Waves.of(1, 4 * size.positions());
        try (var model =
                TorchDiffusionModel.load(
                        Fixtures.imageModel("sd1", target),
                        "cpu",
                        "fp32",
                        SchedulerChoice.FOLDER,
                        1)) {
            long before = 0;
            for (int i = 0; i < 400; i++) {
                if (i == 100) {
                    before = ResidentMemory.bytes();
                }
                UnetInput question = new UnetInput(latents, i, model.condition("otter " + i));
                model.predict(List.of(question), size);
                model.encode(model.decode(latents, size), size);
            }
            assertThat(ResidentMemory.bytes() - before).isLessThan(8L << 20);
        }
    }

    private static JsonNode golden(Path folder) {
        try {
            return new JsonMapper().readTree(Files.readAllBytes(folder.resolve("golden.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static float[] numbers(JsonNode list) {
        float[] numbers = new float[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = list.get(i).floatValue();
        }
        return numbers;
    }

    private static float[] part(float[] both, int row) {
        int size = both.length / 2;
        return Arrays.copyOfRange(both, row * size, (row + 1) * size);
    }

    private static void assertClose(float[] found, float[] expected, double tolerance) {
        assertThat(expected).isNotEmpty();
        assertThat(found).hasSameSizeAs(expected);
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs(found[i] - expected[i]));
        }
        assertThat(worst).isLessThan(tolerance);
    }
}
