/**
 * Renders the chat template of a model folder: the subset of Jinja2 that such templates use, with the settings and the
 * extra functions of {@code transformers}' {@code apply_chat_template} (trim_blocks, lstrip_blocks, break and continue,
 * {@code tojson} without HTML escapes, {@code raise_exception}, {@code strftime_now}).
 *
 * <p>Easy to get wrong: text of a variable is data and is never parsed; strings are counted in code points; one newline
 * at the end of a template's source is dropped; an unknown name prints nothing, an attribute of it is an error.
 *
 * <p>A render is bounded in work, memory and depth ({@link holt.engine.template.value.Budget}), as templates come with
 * downloaded models. Knows no tokenizer, no model and no chat protocol, and touches no Java object by reflection.
 */
@NullMarked
package holt.engine.template;

import org.jspecify.annotations.NullMarked;
