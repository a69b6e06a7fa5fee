/** The whole system under mixed traffic and random faults, for as many minutes as the user asks. */
@NullMarked
package holt.system.soak;

import org.jspecify.annotations.NullMarked;
