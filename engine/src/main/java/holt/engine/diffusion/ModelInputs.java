package holt.engine.diffusion;

/** The inputs of a UNet. */
public enum ModelInputs {
    /** The latents. */
    LATENTS,
    /** The latents and those of a picture to edit (Brooks et al. 2022, "InstructPix2Pix"). */
    LATENTS_AND_SOURCE,
    /** The latents, a mask, and the latents of a picture that is grey inside the mask. */
    LATENTS_MASK_AND_SOURCE
}
