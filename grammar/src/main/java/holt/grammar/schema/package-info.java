/**
 * From a JSON Schema to the rules of a grammar. docs/structured.md has the supported subset; everything else is refused.
 *
 * <p>Every text of the grammar is valid for the schema. Some valid texts are missing, such as other orders of properties.
 */
@NullMarked
package holt.grammar.schema;

import org.jspecify.annotations.NullMarked;
