/**
 * ComfyUI: each workflow of the settings is an image model.
 *
 * <p>Easy to get wrong: ComfyUI answers a workflow that it has just run from its cache. So each picture has a seed of its own.
 */
@NullMarked
package holt.worker.remote.comfyui;

import org.jspecify.annotations.NullMarked;
