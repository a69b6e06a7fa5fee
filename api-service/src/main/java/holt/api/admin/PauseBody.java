package holt.api.admin;

import holt.api.controls.Control;

/**
 * A pause in answers to operators.
 *
 * @param by the id of the operator's key
 * @param since in seconds since 1970
 */
record PauseBody(String why, String by, long since) {
    static PauseBody of(Control.Pause pause) {
        return new PauseBody(pause.why(), pause.by(), pause.since().getEpochSecond());
    }
}
