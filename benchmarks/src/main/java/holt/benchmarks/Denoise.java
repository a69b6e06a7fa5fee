package holt.benchmarks;

import holt.benchmarks.report.Figures;
import holt.benchmarks.report.Machine;
import holt.engine.NativeRuntime;
import holt.engine.diffusion.Conditioning;
import holt.engine.diffusion.LatentSize;
import holt.engine.diffusion.TorchDiffusionModel;
import holt.engine.diffusion.UnetInput;
import holt.engine.diffusion.noise.SchedulerChoice;
import holt.engine.torch.TorchModule;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.springframework.util.FileSystemUtils;

/**
 * A denoising step against PyTorch eager on the same random weights, one thread each, in turns. {@code HOLT_BENCHMARK_PYTHON} names a Python with torch
 * and diffusers.
 */
final class Denoise {
    private static final int ROUNDS = 5;
    private static final int ROWS = 2; // with and without the prompt, for classifier-free guidance

    private record Shape(String name, LatentSize size, int steps) {}

    private static final List<Shape> SHAPES =
            List.of(
                    new Shape("small", new LatentSize(16, 16), 20),
                    new Shape("small", new LatentSize(32, 32), 10),
                    new Shape("sd15", new LatentSize(32, 32), 1));

    private Denoise() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        String python = System.getenv("HOLT_BENCHMARK_PYTHON");
        if (python == null) {
            System.out.println(
                    "HOLT_BENCHMARK_PYTHON names no Python: there is nothing to compare with");
            return;
        }
        NativeRuntime.prepare(
                Path.of(System.getProperty("java.io.tmpdir"), "holt-benchmarks-native"));
        TorchModule.useThreads(1);
        System.out.println(
                "milliseconds a step of "
                        + ROWS
                        + " rows, fp32, one thread; medians of "
                        + ROUNDS
                        + " rounds (least to most)\n\n| UNet | latents | PyTorch eager | Holt | of eager's time |\n|---|---|---|---|---|");
        for (Shape shape : SHAPES) {
            measure(python, shape);
        }
        System.out.println("\n" + Machine.facts());
    }

    private static void measure(String python, Shape shape)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("holt-denoise");
        Process eager =
                new ProcessBuilder(
                                python,
                                "benchmarks/src/main/python/denoise.py",
                                folder.resolve("model").toString(),
                                shape.name)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var answers =
                        new BufferedReader(
                                new InputStreamReader(
                                        eager.getInputStream(), StandardCharsets.UTF_8));
                var ask = new PrintStream(eager.getOutputStream(), true, StandardCharsets.UTF_8)) {
            if (!"ready".equals(answers.readLine())) {
                throw new IOException("PyTorch's side did not start");
            }
            try (var model =
                    TorchDiffusionModel.load(
                            folder.resolve("model"), "cpu", "fp32", SchedulerChoice.FOLDER, 1)) {
                model.useThisThread();
                compare(shape, model, ask, answers);
            }
        } finally {
            eager.destroy();
            eager.waitFor();
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static void compare(
            Shape shape, TorchDiffusionModel model, PrintStream ask, BufferedReader answers)
            throws IOException {
        String question =
                "%d %d %d %d".formatted(ROWS, shape.size.height(), shape.size.width(), shape.steps);
        List<Double> eager = new ArrayList<>();
        List<Double> holt = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round <= ROUNDS; round++) {
            ask.println(question);
            double theirs = Double.parseDouble(answers.readLine());
            double ours = step(model, shape);
            if (round > 0) { // the first round warms up
                eager.add(theirs);
                holt.add(ours);
                ratios.add(ours / theirs);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %d x %d | %s | %s | %s |%n",
                shape.name,
                shape.size.height(),
                shape.size.width(),
                Figures.spread(eager, "%.1f"),
                Figures.spread(holt, "%.1f"),
                Figures.spread(ratios, "%.2f"));
    }

    /** Milliseconds: the median of several steps. */
    private static double step(TorchDiffusionModel model, Shape shape) {
        Conditioning text = model.condition("an otter");
        float[] latents = new float[model.facts().latentChannels() * shape.size.positions()];
        var random = new Random(0);
        for (int i = 0; i < latents.length; i++) {
            latents[i] = (float) random.nextGaussian();
        }
        double[] times = new double[shape.steps];
        for (int i = 0; i < times.length; i++) {
            List<UnetInput> rows = Collections.nCopies(ROWS, new UnetInput(latents, 999 - i, text));
            long begun = System.nanoTime();
            model.predict(rows, shape.size);
            times[i] = (System.nanoTime() - begun) / 1e6;
        }
        return Figures.percentile(times, 0.5);
    }
}
