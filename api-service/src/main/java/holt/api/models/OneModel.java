package holt.api.models;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** The answer to {@code GET /v1/models/{id}}: a row with the standard's success in front. */
record OneModel(int code, String message, @JsonUnwrapped ModelRow model) {}
