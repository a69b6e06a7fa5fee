package holt.api.models;

import java.util.List;

/** The answer to {@code GET /v1/models}. */
record ModelList(int code, String message, String object, String project, List<ModelRow> data) {}
