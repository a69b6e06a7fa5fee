/**
 * Clients that put load on a cluster, and the check of the invariants after a fault.
 *
 * <p>Easy to get wrong: the invariants hold once nothing runs any more. Give a broken network back before you check them.
 */
@NullMarked
package holt.system.rig.check;

import org.jspecify.annotations.NullMarked;
