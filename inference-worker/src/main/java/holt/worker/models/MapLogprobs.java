package holt.worker.models;

import holt.engine.text.sampling.TokenScores;
import holt.protocol.TokenLogprobs;

/** Maps the engine's scores of a token to a record. */
final class MapLogprobs {
    private MapLogprobs() {}

    static TokenLogprobs of(TokenScores scores) {
        return new TokenLogprobs(
                logprob(scores.chosen()), scores.top().stream().map(MapLogprobs::logprob).toList());
    }

    private static TokenLogprobs.TokenLogprob logprob(TokenScores.ScoredToken scored) {
        return new TokenLogprobs.TokenLogprob(
                scored.token().text(), scored.logprob(), scored.token().bytes());
    }
}
