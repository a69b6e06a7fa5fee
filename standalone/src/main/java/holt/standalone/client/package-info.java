/**
 * The command line's side of a Holt that runs: its list of models, and a conversation.
 *
 * <p>Talks HTTP as any client does; starts nothing and knows no other part of Holt.
 */
@NullMarked
package holt.standalone.client;

import org.jspecify.annotations.NullMarked;
