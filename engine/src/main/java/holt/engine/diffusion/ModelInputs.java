package holt.engine.diffusion;

/** What a UNet is given at each step. */
public enum ModelInputs {
    /** The latents. */
    LATENTS,
    /** The latents and those of a picture to edit by an instruction (Brooks et al. 2022, "InstructPix2Pix"). */
    LATENTS_AND_SOURCE,
    /** The latents, a mask, and the latents of a picture whose masked part is grey. */
    LATENTS_MASK_AND_SOURCE
}
