package holt.engine.image;

import holt.engine.EngineFailure;
import holt.engine.image.picture.Picture;

/**
 * An event of an image request. The last event is {@link Finished}, {@link Failed} or {@link Cancelled}, and only the last.
 */
public sealed interface ImageEvent {
    /**
     * The prompts are encoded; the first step follows.
     *
     * @param ignoredTokens the number of prompt tokens beyond the model's limit
     */
    record Started(int ignoredTokens) implements ImageEvent {}

    /** The denoising steps done and in total, for all pictures together. */
    record Progress(int done, int total) implements ImageEvent {}

    /**
     * A picture is complete. Pictures come in order.
     *
     * @param index from 0
     */
    record PictureDone(int index, Picture picture) implements ImageEvent {}

    /** All pictures are complete. */
    record Finished() implements ImageEvent {}

    /** The request failed. */
    record Failed(EngineFailure failure) implements ImageEvent {}

    /** The request was cancelled, or the engine closed. */
    record Cancelled() implements ImageEvent {}
}
