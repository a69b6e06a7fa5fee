/**
 * The configurations of a diffusers folder's networks, and the weights that they call for.
 *
 * <p>Easy to get wrong: {@code attention_head_dim} of a UNet is its number of heads. A folder with an option that the
 * networks do not support is refused. Knows no libtorch.
 */
@NullMarked
package holt.engine.diffusion.config;

import org.jspecify.annotations.NullMarked;
