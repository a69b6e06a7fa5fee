package holt.store;

/** What S3 calls access key and secret key. The secret is never printed. */
public record StoreKeys(String access, String secret) {
    public StoreKeys {
        if (access.isBlank() || secret.isBlank()) {
            throw new IllegalArgumentException(
                    "The object store needs an access key and a secret key: set HOLT_S3_ACCESS_KEY and HOLT_S3_SECRET_KEY.");
        }
    }

    @Override
    public String toString() {
        return "StoreKeys[access=" + access + ", secret=***]";
    }
}
