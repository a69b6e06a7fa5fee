package holt.engine.diffusion;

/**
 * One row of a UNet's batch: what is noise in this?
 *
 * @param latents [channels, height, width], with whatever the model wants beside the latents themselves
 * @param timestep of the training; not always whole
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
public record Question(float[] latents, double timestep, Conditioning text) {}
