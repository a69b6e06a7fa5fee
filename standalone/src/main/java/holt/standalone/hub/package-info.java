/**
 * Downloads models from a hub with the protocol of huggingface.co: its file lists, its {@code resolve} URLs, its checksums.
 *
 * <p>Easy to get wrong: the hub redirects downloads to other hosts. Those URLs are secret, and those hosts must not see the hub's token.
 * The git id of a large file is that of a pointer to it.
 *
 * <p>Knows no engine and no running Holt.
 */
@NullMarked
package holt.standalone.hub;

import org.jspecify.annotations.NullMarked;
