package holt.engine.diffusion.noise;

import java.nio.file.Path;

/** How a diffusion model's latents come from noise. Immutable. */
public interface NoiseScheduler {
    /**
     * Reads scheduler_config.json.
     *
     * @throws holt.engine.UnloadableModelException if the class or one of its options is not supported
     */
    static NoiseScheduler read(Path folder, SchedulerChoice choice) {
        SchedulerConfig config = SchedulerConfig.read(folder, choice);
        return switch (config.kind()) {
            case DDIM -> new DdimScheduler(config);
            case EULER, EULER_ANCESTRAL -> new EulerScheduler(config);
            case DPM_SOLVER_MULTISTEP -> new DpmSolverScheduler(config);
            case PNDM -> new PndmScheduler(config);
        };
    }

    /**
     * Begins a loop.
     *
     * @param steps the steps of a whole loop, from 1 to the number of training timesteps
     * @param strength how much of the loop is gone, above 0 up to 1; less starts later, from a picture with less noise
     */
    Denoising begin(int steps, double strength);

    /** The number of timesteps of the training. */
    int trainingSteps();
}
