package holt.engine.image.denoising;

import holt.engine.diffusion.Conditioning;
import holt.engine.diffusion.UnetInput;
import java.util.Arrays;
import java.util.List;

/**
 * Classifier-free guidance (Ho and Salimans 2022), with a second scale for the source of an edit (Brooks et al. 2022,
 * formula 3). It makes the UNet rows of a step and combines their predictions.
 *
 * @param guidance scale of the prompt; 1 or less = no guidance, with one row
 * @param channels that the UNet sees beside the latents; may be empty
 * @param sourceGuidance scale of the source; 1 = none, without a third row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ClassifierFreeGuidance(
        Conditioning prompt,
        Conditioning negative,
        double guidance,
        float[] channels,
        double sourceGuidance) {
    /** The number of UNet rows per step. */
    public static int rows(double guidance, double sourceGuidance) {
        return guidance <= 1 ? 1 : sourceGuidance == 1 ? 2 : 3;
    }

    /** @param latents scaled for the UNet */
    List<UnetInput> unetInputs(float[] latents, double timestep) {
        float[] withSource = Arrays.copyOf(latents, latents.length + channels.length);
        System.arraycopy(channels, 0, withSource, latents.length, channels.length);
        float[] withoutSource = Arrays.copyOf(latents, withSource.length);
        return List.of(
                        new UnetInput(withSource, timestep, prompt),
                        new UnetInput(withSource, timestep, negative),
                        new UnetInput(withoutSource, timestep, negative))
                .subList(0, rows(guidance, sourceGuidance));
    }

    /** Combines the predictions for the rows of {@link #unetInputs}. */
    float[] combine(List<float[]> predictions) {
        float[] prompted = predictions.getFirst();
        if (predictions.size() == 1) {
            return prompted;
        }
        float[] unprompted = predictions.get(1);
        float[] unconditional = predictions.getLast();
        float[] combined = new float[prompted.length];
        for (int i = 0; i < combined.length; i++) {
            combined[i] =
                    (float)
                            (unconditional[i]
                                    + sourceGuidance * (unprompted[i] - unconditional[i])
                                    + guidance * (prompted[i] - unprompted[i]));
        }
        return combined;
    }
}
