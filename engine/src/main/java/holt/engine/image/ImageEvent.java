package holt.engine.image;

/**
 * What becomes of a request, in order. Exactly one of {@link Finished}, {@link Failed} and {@link Cancelled} comes, as the
 * last one.
 */
public sealed interface ImageEvent {
    /**
     * The first step is near.
     *
     * @param ignoredTokens how much of the prompt the model has no room for
     */
    record Started(int ignoredTokens) implements ImageEvent {}

    /** Steps done, of all pictures together. */
    record Progress(int done, int total) implements ImageEvent {}

    /** A picture is complete; they come in order. */
    record Drawn(int index, Picture picture) implements ImageEvent {}

    /** All pictures are complete. */
    record Finished() implements ImageEvent {}

    /** There will be no (further) pictures. */
    record Failed(ImageFailure failure) implements ImageEvent {}

    /** The request was cancelled, or the engine closed. */
    record Cancelled() implements ImageEvent {}
}
