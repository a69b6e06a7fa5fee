package holt.engine.diffusion.noise;

import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The scheduler class to use: the folder's own or another. Another class takes the folder's options that it knows, like
 * diffusers' {@code from_config}. Karras: with the sigmas of Karras et al. 2022.
 */
public enum SchedulerChoice {
    FOLDER("", false),
    DDIM("DDIMScheduler", false),
    EULER("EulerDiscreteScheduler", false),
    EULER_KARRAS("EulerDiscreteScheduler", true),
    EULER_ANCESTRAL("EulerAncestralDiscreteScheduler", false),
    DPMPP_2M("DPMSolverMultistepScheduler", false),
    DPMPP_2M_KARRAS("DPMSolverMultistepScheduler", true);

    private final String className;
    private final boolean karras;

    SchedulerChoice(String className, boolean karras) {
        this.className = className;
        this.karras = karras;
    }

    /** As settings and logs spell it: {@code dpmpp-2m-karras}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A scheduler_config.json of this choice. */
    JsonNode applyTo(JsonNode config) {
        if (this == FOLDER || !(config instanceof ObjectNode options)) {
            return config;
        }
        return options.deepCopy().put("_class_name", className).put("use_karras_sigmas", karras);
    }
}
