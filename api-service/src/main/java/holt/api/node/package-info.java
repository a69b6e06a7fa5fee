/**
 * Tells distributed communication nodes which models this instance serves, and when it no longer does. A node believes what it was told
 * for ever: it never looks whether an entry still leads anywhere. Off unless {@code holt.node.urls} names a node.
 *
 * <p>Knows the node's registration interface only; what a node asks of the service comes through the same routes as everybody's requests.
 */
@NullMarked
package holt.api.node;

import org.jspecify.annotations.NullMarked;
