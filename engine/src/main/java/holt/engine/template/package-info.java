/**
 * Renders chat templates: the subset of Jinja2 that they use, with the settings and extra functions of {@code transformers}'
 * {@code apply_chat_template}: trim_blocks, lstrip_blocks, break and continue, {@code tojson} without HTML escapes,
 * {@code raise_exception}, {@code strftime_now}.
 *
 * <p>Easy to get wrong: the text of a variable is data and is never parsed, and strings are counted in code points. An unknown
 * name prints nothing, but an attribute of it is an error. The budget limits work, memory and depth, because templates come
 * with downloaded models. Knows no tokenizer, no model and no chat protocol, and never uses reflection.
 */
@NullMarked
package holt.engine.template;

import org.jspecify.annotations.NullMarked;
