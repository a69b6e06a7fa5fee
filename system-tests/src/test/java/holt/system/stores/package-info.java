/** Stores of other makers, by the same contract as Holt's own. */
@NullMarked
package holt.system.stores;

import org.jspecify.annotations.NullMarked;
