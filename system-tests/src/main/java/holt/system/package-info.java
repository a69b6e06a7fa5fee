/** Tests over several processes. */
@NullMarked
package holt.system;

import org.jspecify.annotations.NullMarked;
