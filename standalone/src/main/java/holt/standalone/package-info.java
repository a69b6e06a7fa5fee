/**
 * The program {@code holt}. {@code cli} has its commands; {@code embedded} the broker and the store of a standalone Holt; {@code hub} and
 * {@code client} are for the commands that need no broker.
 */
@NullMarked
package holt.standalone;

import org.jspecify.annotations.NullMarked;
