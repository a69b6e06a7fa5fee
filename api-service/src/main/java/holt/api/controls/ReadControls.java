package holt.api.controls;

/** Obeys orders. It comes to know each of them, on one thread, and the earlier ones at the start. */
@FunctionalInterface
public interface ReadControls {
    void apply(Control control);
}
