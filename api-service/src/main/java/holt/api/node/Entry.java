package holt.api.node;

/**
 * A model at one endpoint, as a node keeps it: the body of {@code POST /api/v0/ai/model/register}. A node holds one entry for each
 * project, model and cid.
 *
 * @param api the endpoint's full URL; may hold a secret
 * @param type 0 chat, 1 image generation, 2 image edit
 */
record Entry(String project, String model, String api, int type, String cid) {

    /** Whether registering this one overwrites the other. */
    boolean replaces(Entry other) {
        return project.equals(other.project) && model.equals(other.model) && cid.equals(other.cid);
    }

    /** For people. */
    String label() {
        return model + " (" + cid + ")";
    }
}
