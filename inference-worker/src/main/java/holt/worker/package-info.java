/**
 * A worker's life: loads models, starts slots, announces them, and drains.
 *
 * <p>The rooms below depend on each other in one direction. {@code claim} takes a job and uses all others. {@code run} hands it to a runner of
 * {@code models}. {@code settle} makes its outcome final through {@code report}, which tells the API instances. {@code models} and
 * {@code report} use no other room.
 *
 * <p>Knows the engine only by its interfaces: no tensors. Knows no HTTP.
 */
@NullMarked
package holt.worker;

import org.jspecify.annotations.NullMarked;
