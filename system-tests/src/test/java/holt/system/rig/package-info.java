/**
 * Holt as processes that can be killed: a broker with its store, API instances, and workers whose engine does what the prompt says.
 */
@NullMarked
package holt.system.rig;

import org.jspecify.annotations.NullMarked;
