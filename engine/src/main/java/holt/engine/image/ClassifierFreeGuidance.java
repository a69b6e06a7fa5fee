package holt.engine.image;

import holt.engine.diffusion.Conditioning;
import holt.engine.diffusion.Question;
import java.util.Arrays;
import java.util.List;

/**
 * What is asked of the model at a step of a picture, and what the answers say together: classifier-free guidance (Ho and
 * Salimans 2022), with a scale of its own for the source of an edit (Brooks et al. 2022, formula 3).
 *
 * @param beside channels that the model sees beside the latents; may be empty
 * @param sourceGuidance of {@code beside}; 1 where there is no source, or it needs no strengthening
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
record ClassifierFreeGuidance(
        Conditioning prompt,
        Conditioning against,
        double guidance,
        float[] beside,
        double sourceGuidance) {

    /** How many questions a step asks. */
    int questions() {
        return guidance <= 1 ? 1 : sourceGuidance == 1 ? 2 : 3;
    }

    /** @param latents as the model sees them */
    List<Question> questions(float[] latents, double timestep) {
        float[] seen = Arrays.copyOf(latents, latents.length + beside.length);
        System.arraycopy(beside, 0, seen, latents.length, beside.length);
        float[] withoutSource = Arrays.copyOf(latents, seen.length);
        return List.of(
                        new Question(seen, timestep, prompt),
                        new Question(seen, timestep, against),
                        new Question(withoutSource, timestep, against))
                .subList(0, questions());
    }

    /** One prediction from the answers. */
    float[] combined(List<float[]> answers) {
        float[] full = answers.getFirst();
        if (answers.size() == 1) {
            return full;
        }
        float[] bare = answers.get(1);
        float[] nothing = answers.getLast();
        float[] combined = new float[full.length];
        for (int i = 0; i < combined.length; i++) {
            combined[i] =
                    (float)
                            (nothing[i]
                                    + sourceGuidance * (bare[i] - nothing[i])
                                    + guidance * (full[i] - bare[i]));
        }
        return combined;
    }
}
