package holt.engine.image;

/** Why a request got no picture. */
public sealed interface ImageFailure {
    /**
     * The model cannot do what is asked.
     *
     * @param field of the request
     */
    record Refused(String field, String detail) implements ImageFailure {}

    /** The device had no memory left for the step. Another attempt may work. */
    record OutOfMemory(String detail) implements ImageFailure {}

    /** The device does not work any more; this engine answers nothing further. */
    record DeviceBroken(String detail) implements ImageFailure {}

    /** Anything else. */
    record Internal(String detail) implements ImageFailure {}
}
