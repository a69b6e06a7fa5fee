/**
 * A worker's life: loads models, starts slots, announces them, and drains. What a slot does lies in the rooms below: {@code claim} takes a
 * job, {@code run} hands it to the engine, {@code settle} makes its outcome final, {@code report} tells the API instances.
 *
 * <p>Knows the engine by its interfaces only: no tensors. Knows no HTTP.
 */
@NullMarked
package holt.worker;

import org.jspecify.annotations.NullMarked;
