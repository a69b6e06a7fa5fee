package holt.engine.diffusion.noise;

import java.nio.file.Path;

/** Reads the noise scheduler of a diffusers folder. */
public final class NoiseSchedulers {
    private NoiseSchedulers() {}

    /**
     * Reads scheduler_config.json.
     *
     * @param choice replaces the folder's class of scheduler
     * @throws holt.engine.UnloadableModelException if the class or one of its options is not supported
     */
    public static NoiseScheduler read(Path folder, SchedulerChoice choice) {
        SchedulerConfig config = ReadSchedulerConfig.of(folder, choice);
        return switch (config.kind()) {
            case DDIM -> new DdimScheduler(config);
            case EULER, EULER_ANCESTRAL -> new EulerScheduler(config);
            case DPM_SOLVER_MULTISTEP -> new DpmSolverScheduler(config);
            case PNDM -> new PndmScheduler(config);
        };
    }
}
