/**
 * Pictures and masks as arrays, and what changes their size or the range of their values.
 *
 * <p>Easy to get wrong: a picture has its colours side by side, a model has them in planes. Knows no models and no file
 * formats.
 */
@NullMarked
package holt.engine.image.picture;

import org.jspecify.annotations.NullMarked;
