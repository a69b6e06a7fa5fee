/**
 * Takes models from a hub that speaks as huggingface.co does: its file list, its {@code resolve} addresses, its checksums.
 *
 * <p>Easy to get wrong: a download is redirected to other hosts, by addresses that are themselves secrets and that must not see the
 * hub's token; and the git id of a large file is that of a pointer to it. Knows no engine and no Holt that runs.
 */
@NullMarked
package holt.standalone.hub;

import org.jspecify.annotations.NullMarked;
