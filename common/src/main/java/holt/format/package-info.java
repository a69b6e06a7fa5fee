/** What the API checks at the door and the embedded engine holds an answer to. */
@NullMarked
package holt.format;

import org.jspecify.annotations.NullMarked;
