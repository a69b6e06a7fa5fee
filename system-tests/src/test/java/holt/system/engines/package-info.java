/** Real engines of other makers behind Holt. */
@NullMarked
package holt.system.engines;

import org.jspecify.annotations.NullMarked;
