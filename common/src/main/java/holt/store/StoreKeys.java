package holt.store;

/** The access key and the secret key of an S3 service. {@link #toString} omits the secret. */
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
