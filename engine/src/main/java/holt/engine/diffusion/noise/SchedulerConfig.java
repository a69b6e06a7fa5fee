package holt.engine.diffusion.noise;

/**
 * The contents of scheduler_config.json.
 *
 * @param alphasCumulative the square of the signal's share at each training timestep
 * @param clip limits the clean picture to -clip..clip; infinite = no limit
 * @param alphaOneAtEnd whether the last step leaves no noise (set_alpha_to_one)
 * @param finalSigmaZero the same for schedulers that use sigmas (final_sigmas_type)
 * @param solver options of DPM++
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SchedulerConfig(
        Kind kind,
        Prediction prediction,
        TimestepSpacing spacing,
        int stepsOffset,
        double[] alphasCumulative,
        double clip,
        boolean alphaOneAtEnd,
        boolean finalSigmaZero,
        boolean karras,
        boolean roundsKarrasTimesteps,
        Solver solver) {

    /** The supported classes of diffusers. */
    enum Kind {
        DDIM("DDIMScheduler"),
        EULER("EulerDiscreteScheduler"),
        EULER_ANCESTRAL("EulerAncestralDiscreteScheduler"),
        DPM_SOLVER_MULTISTEP("DPMSolverMultistepScheduler"),
        PNDM("PNDMScheduler");

        final String className;

        Kind(String className) {
            this.className = className;
        }

        boolean leadsByDefault() {
            return this == DDIM || this == PNDM;
        }

        boolean predictsSamples() {
            return this == DDIM || this == DPM_SOLVER_MULTISTEP;
        }
    }

    /**
     * Options of DPM++.
     *
     * @param order 1 or 2
     * @param heun whether solver_type is heun instead of midpoint
     */
    record Solver(int order, boolean heun, boolean lowerOrderFinal, boolean eulerAtFinal) {
        /** For the other classes. */
        static final Solver NONE = new Solver(1, false, false, false);
    }

    int trainingSteps() {
        return alphasCumulative.length;
    }
}
