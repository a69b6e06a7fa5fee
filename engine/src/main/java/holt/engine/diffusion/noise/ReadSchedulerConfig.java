package holt.engine.diffusion.noise;

import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.ModelFiles;
import holt.engine.diffusion.noise.SchedulerConfig.Kind;
import holt.engine.diffusion.noise.SchedulerConfig.Solver;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Reads scheduler_config.json. A missing key has the default of the class in diffusers. */
record ReadSchedulerConfig(Path file, JsonNode node) {
    /** Replaces a signal of zero, which would make sigma infinite. */
    private static final double NO_SIGNAL = 0x1p-24;

    /** @throws UnloadableModelException if the class or one of its options is not supported */
    static SchedulerConfig of(Path folder, SchedulerChoice choice) {
        return new ReadSchedulerConfig(
                        folder.resolve("scheduler_config.json"),
                        choice.applyTo(ModelFiles.json(folder, "scheduler_config.json")))
                .read();
    }

    private SchedulerConfig read() {
        Kind kind = kind();
        refuseOptions(kind);
        Prediction prediction = oneOf("prediction_type", Prediction.EPSILON);
        if (prediction == Prediction.SAMPLE && !kind.predictsSamples()) {
            throw unsupported("prediction_type");
        }
        boolean countsSigmas = kind == Kind.EULER || kind == Kind.DPM_SOLVER_MULTISTEP;
        BetaSchedule schedule = oneOf("beta_schedule", BetaSchedule.LINEAR);
        boolean clips = kind == Kind.DDIM && flag("clip_sample", true);
        return new SchedulerConfig(
                kind,
                prediction,
                oneOf(
                        "timestep_spacing",
                        kind.leadsByDefault() ? TimestepSpacing.LEADING : TimestepSpacing.LINSPACE),
                node.path("steps_offset").asInt(0),
                alphas(kind, schedule),
                clips ? number("clip_sample_range", 1) : Double.POSITIVE_INFINITY,
                flag("set_alpha_to_one", kind == Kind.DDIM),
                !countsSigmas || finalSigmaZero(),
                countsSigmas && flag("use_karras_sigmas", false),
                schedule != BetaSchedule.SQUAREDCOS_CAP_V2,
                kind == Kind.DPM_SOLVER_MULTISTEP ? solver() : Solver.NONE);
    }

    /** Refuses options that would change the loop. Options of other classes may be left over in a file and mean nothing. */
    private void refuseOptions(Kind kind) {
        if (node.hasNonNull("trained_betas")) {
            throw unsupported("trained_betas");
        }
        switch (kind) {
            case DDIM -> refuseUnless("thresholding", "false");
            case EULER -> {
                refuseUnless("interpolation_type", "linear");
                refuseUnless("timestep_type", "discrete");
                refuseUnless("use_exponential_sigmas", "false");
                refuseUnless("use_beta_sigmas", "false");
            }
            case EULER_ANCESTRAL -> {}
            case DPM_SOLVER_MULTISTEP -> {
                refuseUnless("algorithm_type", "dpmsolver++");
                refuseUnless("thresholding", "false");
                refuseUnless("use_exponential_sigmas", "false");
                refuseUnless("use_beta_sigmas", "false");
                refuseUnless("use_lu_lambdas", "false");
                refuseUnless("use_flow_sigmas", "false");
                if (number("lambda_min_clipped", Double.NEGATIVE_INFINITY) > -1e9) {
                    throw unsupported("lambda_min_clipped");
                }
            }
            case PNDM -> {
                if (!flag("skip_prk_steps", false)) {
                    throw new UnloadableModelException(
                            file + ": PNDMScheduler is supported only with skip_prk_steps true");
                }
            }
        }
    }

    private boolean finalSigmaZero() {
        return text("final_sigmas_type", "zero", List.of("zero", "sigma_min")).equals("zero");
    }

    private Kind kind() {
        String name = node.path("_class_name").asString("(none)");
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.className.equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new UnloadableModelException(
                                "%s: the scheduler %s is not supported; supported are %s"
                                        .formatted(
                                                file,
                                                name,
                                                Arrays.stream(Kind.values())
                                                        .map(kind -> kind.className)
                                                        .collect(Collectors.joining(", ")))));
    }

    private double[] alphas(Kind kind, BetaSchedule schedule) {
        int count = node.path("num_train_timesteps").asInt(1000);
        if (count < 1 || count > 100_000) {
            throw unsupported("num_train_timesteps");
        }
        double[] alphas =
                schedule.alphasCumulative(
                        count, number("beta_start", 0.0001), number("beta_end", 0.02));
        if (kind != Kind.PNDM && flag("rescale_betas_zero_snr", false)) {
            BetaSchedule.rescaleToZeroTerminal(alphas);
            if (kind != Kind.DDIM) {
                alphas[count - 1] = NO_SIGNAL;
            }
        }
        return alphas;
    }

    private Solver solver() {
        int order = node.path("solver_order").asInt(2);
        if (order != 1 && order != 2) {
            throw unsupported("solver_order");
        }
        return new Solver(
                order,
                text("solver_type", "midpoint", List.of("midpoint", "heun")).equals("heun"),
                flag("lower_order_final", true),
                flag("euler_at_final", false));
    }

    private <E extends Enum<E>> E oneOf(String key, E otherwise) {
        if (!node.hasNonNull(key)) {
            return otherwise;
        }
        String value = node.path(key).asString("");
        return Arrays.stream(otherwise.getDeclaringClass().getEnumConstants())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst()
                .orElseThrow(() -> unsupported(key));
    }

    private String text(String key, String otherwise, List<String> supported) {
        String value = node.hasNonNull(key) ? node.path(key).asString("") : otherwise;
        if (!supported.contains(value)) {
            throw unsupported(key);
        }
        return value;
    }

    private boolean flag(String key, boolean otherwise) {
        return node.hasNonNull(key) ? node.path(key).asBoolean(otherwise) : otherwise;
    }

    private double number(String key, double otherwise) {
        return node.hasNonNull(key) ? node.path(key).asDouble(otherwise) : otherwise;
    }

    private void refuseUnless(String key, String expected) {
        if (node.hasNonNull(key) && !node.path(key).asString("").equals(expected)) {
            throw unsupported(key);
        }
    }

    private UnloadableModelException unsupported(String key) {
        return new UnloadableModelException(
                "%s: %s %s is not supported".formatted(file, key, node.path(key)));
    }
}
