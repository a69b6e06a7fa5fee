package holt.engine.embedding;

import holt.engine.NotFiniteException;
import java.util.Arrays;

/** What happens to a vector after the network. */
final class Vectors {
    private static final double SMALLEST = 1e-12; // as in PyTorch's normalize

    private Vectors() {}

    /**
     * The first numbers of a vector.
     *
     * @param unit whether the result has the length 1
     * @throws NotFiniteException if the network has computed no numbers
     */
    static float[] fit(float[] vector, int dimensions, boolean unit) {
        double squares = 0;
        for (int i = 0; i < vector.length; i++) {
            if (!Float.isFinite(vector[i])) {
                throw new NotFiniteException("the embeddings");
            }
            squares += i < dimensions ? (double) vector[i] * vector[i] : 0;
        }
        float[] first = Arrays.copyOf(vector, dimensions);
        if (unit) {
            double length = Math.max(Math.sqrt(squares), SMALLEST);
            for (int i = 0; i < dimensions; i++) {
                first[i] = (float) (first[i] / length);
            }
        }
        return first;
    }
}
