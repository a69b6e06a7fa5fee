package holt.engine.diffusion.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import holt.engine.UnloadableModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class NoiseSchedulerTest {
    private static final int SIZE = 6;
    private static final int DEFAULT_STEPS = 10;

    @TempDir Path folder;

    /** What diffusers did; written by make_scheduler_fixtures.py. */
    record Golden(
            JsonNode config,
            int steps,
            double[] timesteps,
            double initialScale,
            List<double[]> samples,
            double[] noised) {}

    static List<Golden> golden() throws IOException {
        try (InputStream in = NoiseSchedulerTest.class.getResourceAsStream("golden.json")) {
            return List.of(new JsonMapper().readValue(in, Golden[].class));
        }
    }

    @ParameterizedTest
    @MethodSource("golden")
    void aLoopGoesTheWayOfDiffusers(Golden golden) throws IOException {
        Denoising loop = read(golden.config().toString()).start(golden.steps(), 1);

        assertThat(loop.steps()).isEqualTo(golden.timesteps().length);
        assertThat(loop.initialScale())
                .isCloseTo(golden.initialScale(), within(1e-3 * golden.initialScale()));
        float[] sample = noise(0);
        for (int i = 0; i < SIZE; i++) {
            sample[i] *= (float) loop.initialScale();
        }
        int[] draw = {SIZE - 1};
        for (int step = 0; step < loop.steps(); step++) {
            assertThat(loop.timestep(step)).isCloseTo(golden.timesteps()[step], within(0.01));
            float[] prediction = new float[SIZE];
            for (int i = 0; i < SIZE; i++) {
                double seen = sample[i] * loop.inputScale(step);
                prediction[i] =
                        (float) (0.4 * seen + 0.5 * Math.sin(i + loop.timestep(step) / 100));
            }
            loop.step(step, sample, prediction, () -> noise(++draw[0] / SIZE)[draw[0] % SIZE]);
            assertClose(sample, golden.samples().get(step), golden.initialScale());
        }
    }

    @ParameterizedTest
    @MethodSource("golden")
    void aPictureIsNoisedAsByDiffusers(Golden golden) throws IOException {
        Denoising loop = read(golden.config().toString()).start(golden.steps(), 1);
        float[] noised = noise(0);
        for (int i = 0; i < SIZE; i++) {
            noised[i] = (float) (loop.signal(2) * 0.1 * i + loop.noise(2) * noised[i]);
        }
        assertClose(noised, golden.noised(), golden.initialScale());
    }

    @ParameterizedTest
    @MethodSource("golden")
    void withoutStrengthOnlyTheEndOfTheLoopIsGone(Golden golden) throws IOException {
        NoiseScheduler scheduler = read(golden.config().toString());
        Denoising whole = scheduler.start(golden.steps(), 1);
        Denoising end = scheduler.start(golden.steps(), 0.4);

        int lag = whole.steps() - golden.steps(); // a timestep that is visited twice
        int left = Math.max(1, (int) (golden.steps() * 0.4));
        assertThat(end.steps()).isEqualTo(left + (left > 1 ? lag : 0));
        assertThat(end.timestep(0)).isEqualTo(whole.timestep(whole.steps() - left));
        assertThat(end.signal(0)).isEqualTo(whole.signal(whole.steps() - left));
        assertThat(end.noise(end.steps())).isEqualTo(whole.noise(whole.steps()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UniPCMultistepScheduler",
                "LCMScheduler",
                "FlowMatchEulerDiscreteScheduler"
            })
    void anUnknownClassIsRefusedByName(String name) {
        assertThatThrownBy(() -> read("{\"_class_name\": \"" + name + "\"}"))
                .isInstanceOf(UnloadableModelException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("DDIMScheduler, EulerDiscreteScheduler");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "DDIMScheduler;thresholding;true",
                "DDIMScheduler;trained_betas;[0.1]",
                "DDIMScheduler;beta_schedule;\"laplace\"",
                "DDIMScheduler;timestep_spacing;\"random\"",
                "EulerDiscreteScheduler;prediction_type;\"sample\"",
                "EulerDiscreteScheduler;interpolation_type;\"log_linear\"",
                "DPMSolverMultistepScheduler;algorithm_type;\"sde-dpmsolver++\"",
                "DPMSolverMultistepScheduler;solver_order;3",
                "DPMSolverMultistepScheduler;lambda_min_clipped;-5.1",
                "PNDMScheduler;skip_prk_steps;false"
            })
    void anOptionThatWouldChangeThePictureIsRefusedByName(String name, String key, String value) {
        assertThatThrownBy(() ->
                        read("{\"_class_name\": \"%s\", \"%s\": %s}".formatted(name, key, value)))
                .isInstanceOf(UnloadableModelException.class)
                .hasMessageContaining(key);
    }

    @Test
    void whatIsLeftOverOfAnotherClassMeansNothing() throws IOException {
        Denoising plain =
                read("{\"_class_name\": \"EulerAncestralDiscreteScheduler\"}").start(5, 1);
        Denoising withLeftovers =
                read("{\"_class_name\": \"EulerAncestralDiscreteScheduler\", \"use_karras_sigmas\": true, "
                                + "\"solver_order\": 3, \"thresholding\": true, \"skip_prk_steps\": false}")
                        .start(5, 1);
        for (int step = 0; step < 5; step++) {
            assertThat(withLeftovers.timestep(step)).isEqualTo(plain.timestep(step));
            assertThat(withLeftovers.noise(step)).isEqualTo(plain.noise(step));
        }
    }

    @Test
    void aScheduleThatEndsWithoutSignalStartsFromNoiseAlone() throws IOException {
        Denoising loop =
                read("{\"_class_name\": \"DDIMScheduler\", \"rescale_betas_zero_snr\": true, "
                                + "\"timestep_spacing\": \"trailing\", \"prediction_type\": \"v_prediction\"}")
                        .start(DEFAULT_STEPS, 1);
        assertThat(loop.signal(0)).isZero();
        assertThat(loop.noise(0)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FOLDER")
    void aChosenClassTakesTheFoldersOptions(SchedulerChoice choice) throws IOException {
        int compared = 0;
        for (Golden golden : golden()) {
            if (choice.applyTo(golden.config()).equals(withKarras(golden.config()))) {
                ObjectNode other = (ObjectNode) golden.config().deepCopy();
                other.put("_class_name", "PNDMScheduler").put("skip_prk_steps", true);
                other.remove("use_karras_sigmas");

                Denoising loop = read(other.toString(), choice).start(golden.steps(), 1);

                for (int step = 0; step < loop.steps(); step++) {
                    assertThat(loop.timestep(step))
                            .isCloseTo(golden.timesteps()[step], within(0.01));
                }
                compared++;
            }
        }
        assertThat(compared).isPositive();
    }

    private static JsonNode withKarras(JsonNode config) {
        ObjectNode options = (ObjectNode) config.deepCopy();
        return options.put("use_karras_sigmas", config.path("use_karras_sigmas").asBoolean(false));
    }

    private NoiseScheduler read(String config) throws IOException {
        return read(config, SchedulerChoice.FOLDER);
    }

    private NoiseScheduler read(String config, SchedulerChoice choice) throws IOException {
        Files.writeString(folder.resolve("scheduler_config.json"), config);
        return NoiseSchedulers.read(folder, choice);
    }

    private static float[] noise(int draw) {
        float[] noise = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            noise[i] = (float) Math.cos(1.7 * i + draw);
        }
        return noise;
    }

    /** @param scale what the numbers began with; in single precision, small ones left of it are rounded as it was */
    private static void assertClose(float[] sample, double[] expected, double scale) {
        for (int i = 0; i < expected.length; i++) {
            double tolerance = 1e-3 * (0.1 + Math.abs(expected[i])) + 1e-7 * scale;
            assertThat((double) sample[i])
                    .as("value %d", i)
                    .isCloseTo(expected[i], within(tolerance));
        }
    }
}
