/**
 * Registers this instance's models with the nodes of a communication network, and removes them when it stops. Off unless
 * {@code holt.node.urls} names a node.
 *
 * <p>Easy to get wrong: a node never checks whether an entry still leads anywhere. An entry that is left behind gets requests for ever.
 *
 * <p>Does not know how requests from the network are answered. They use the same routes as all others.
 */
@NullMarked
package holt.api.node;

import org.jspecify.annotations.NullMarked;
