package holt.engine.diffusion;

/**
 * One row of the UNet's batch.
 *
 * @param latents [channels, height, width], followed by the extra channels of the model, if it has any
 * @param timestep of the training; may be a fraction
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record UnetInput(float[] latents, double timestep, Conditioning text) {}
