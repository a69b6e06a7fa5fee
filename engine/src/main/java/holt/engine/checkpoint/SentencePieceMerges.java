package holt.engine.checkpoint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Derives the merges of a SentencePiece vocabulary, which names none. */
final class SentencePieceMerges {
    private SentencePieceMerges() {}

    record Merge(String left, String right, double score) {}

    /**
     * Any two pieces that form a third may be joined, in the order of the third's score.
     *
     * @param ids the ids of the normal pieces
     * @param scores by id
     */
    static List<Merge> of(Map<String, Integer> ids, List<Double> scores) {
        List<Merge> merges = new ArrayList<>();
        ids.forEach((piece, id) -> {
            int middle = 0;
            while ((middle = piece.offsetByCodePoints(middle, 1)) < piece.length()) {
                String left = piece.substring(0, middle);
                String right = piece.substring(middle);
                if (ids.containsKey(left) && ids.containsKey(right)) {
                    merges.add(new Merge(left, right, scores.get(id)));
                }
            }
        });
        merges.sort(
                Comparator.comparingDouble((Merge merge) -> -merge.score)
                        .thenComparingInt(merge -> ids.getOrDefault(merge.left, 0))
                        .thenComparingInt(merge -> ids.getOrDefault(merge.right, 0)));
        return merges;
    }
}
