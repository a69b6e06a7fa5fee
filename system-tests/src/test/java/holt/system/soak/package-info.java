/** The whole system under mixed traffic and random faults, for as long as one likes. */
@NullMarked
package holt.system.soak;

import org.jspecify.annotations.NullMarked;
