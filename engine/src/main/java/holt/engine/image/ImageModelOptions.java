package holt.engine.image;

import holt.engine.diffusion.noise.SchedulerChoice;
import org.jspecify.annotations.Nullable;

/**
 * How to load an image model.
 *
 * @param device {@code auto}, {@code cpu} or {@code cuda:N}
 * @param dtype {@code fp32} or {@code bf16}; null = fp32 on a CPU, bf16 on a GPU
 * @param maxPixels the most pixels of a picture
 * @param stepBytes about the most memory that one call of the UNet may take, besides its weights; limits the batch
 * @param threads CPU threads of one operator; 0 = as many as there are cores
 * @param scheduler replaces the folder's scheduler
 */
public record ImageModelOptions(
        String device,
        @Nullable String dtype,
        long maxPixels,
        long stepBytes,
        int threads,
        SchedulerChoice scheduler) {

    public ImageModelOptions {
        if (!device.matches("auto|cpu|cuda:\\d{1,3}")) {
            throw new IllegalArgumentException("device must be auto, cpu or cuda:N, not " + device);
        }
        if (dtype != null && !dtype.matches("fp32|bf16")) {
            throw new IllegalArgumentException("dtype must be fp32 or bf16, not " + dtype);
        }
        if (maxPixels < 1 || stepBytes < 1 || threads < 0) {
            throw new IllegalArgumentException(
                    "maxPixels and stepBytes must be at least 1, threads at least 0");
        }
    }

    /** Pictures up to 1024 x 1024 pixels and 1 GiB per step. */
    public static ImageModelOptions of(String device, @Nullable String dtype) {
        return new ImageModelOptions(
                device, dtype, 1024L * 1024, 1L << 30, 0, SchedulerChoice.FOLDER);
    }

    public ImageModelOptions withMaxPixels(long pixels) {
        return new ImageModelOptions(device, dtype, pixels, stepBytes, threads, scheduler);
    }

    public ImageModelOptions withStepBytes(long bytes) {
        return new ImageModelOptions(device, dtype, maxPixels, bytes, threads, scheduler);
    }

    public ImageModelOptions withThreads(int count) {
        return new ImageModelOptions(device, dtype, maxPixels, stepBytes, count, scheduler);
    }

    public ImageModelOptions withScheduler(SchedulerChoice choice) {
        return new ImageModelOptions(device, dtype, maxPixels, stepBytes, threads, choice);
    }
}
