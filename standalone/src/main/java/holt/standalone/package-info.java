/** One JVM with everything, and the command line. */
@NullMarked
package holt.standalone;

import org.jspecify.annotations.NullMarked;
