package holt.api.node;

/**
 * A node's entry for one endpoint of one model: the body of {@code POST /api/v0/ai/model/register}. A node has one entry for each project,
 * model and cid.
 *
 * @param api the endpoint's full URL, which may hold a secret
 * @param type 0 chat, 1 image generation, 2 image edit
 */
record Entry(String project, String model, String api, int type, String cid) {

    /** Whether the registration of this entry overwrites the other one. */
    boolean replaces(Entry other) {
        return project.equals(other.project) && model.equals(other.model) && cid.equals(other.cid);
    }

    /** A text for people, without the URL. */
    String label() {
        return model + " (" + cid + ")";
    }
}
