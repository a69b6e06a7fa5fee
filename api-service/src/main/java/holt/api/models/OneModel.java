package holt.api.models;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** The answer to {@code GET /v1/models/{id}}: the model's row after the network's {@code code} and {@code message}. */
record OneModel(int code, String message, @JsonUnwrapped ModelRow model) {}
