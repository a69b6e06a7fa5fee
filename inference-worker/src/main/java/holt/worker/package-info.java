/** Claims jobs, runs them on the engine, replies. */
@NullMarked
package holt.worker;

import org.jspecify.annotations.NullMarked;
