package holt.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * A certificate authority that nobody knows, and a server's certificate signed by it, if nothing else is said for 127.0.0.1 and localhost; made by the JDK's
 * {@code keytool} for one test. In its folder:
 *
 * <pre>
 * ca.pem            what clients must trust
 * certificate.pem   the server's certificate, then the authority's
 * key.pem           the server's key, PKCS #8
 * server.p12        the two as a key store
 * </pre>
 */
public final class PrivateCa {
    public static final String PASSWORD = "otters";

    private static final String STORE = "server.p12";
    private static final String CA = "ca";
    private static final String SERVER = "server";

    private final Path directory;
    private final KeyStore keys;

    private PrivateCa(Path directory, KeyStore keys) {
        this.directory = directory;
        this.keys = keys;
    }

    /** Writes the files, over those that are there. */
    public static PrivateCa create(Path directory) throws Exception {
        return create(directory, "ip:127.0.0.1,dns:localhost");
    }

    /** @param names of the server, as keytool takes them */
    public static PrivateCa create(Path directory, String names) throws Exception {
        Path all = Files.createTempFile("holt-ca-", ".p12");
        Files.delete(all);
        try {
            generate(all, CA, "-ext", "bc:critical=ca:true");
            generate(all, SERVER, "-signer", CA, "-ext", "san=" + names);
            var ca = new PrivateCa(directory, load(all));
            ca.write();
            return ca;
        } finally {
            Files.deleteIfExists(all);
        }
    }

    public Path trusted() {
        return directory.resolve("ca.pem");
    }

    public Path certificate() {
        return directory.resolve("certificate.pem");
    }

    public Path key() {
        return directory.resolve("key.pem");
    }

    public Path keyStore() {
        return directory.resolve(STORE);
    }

    /** For clients that trust this authority alone. */
    public SSLContext clients() throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {trust()}, null);
        return context;
    }

    /** The trust in this authority alone. */
    public X509TrustManager trust() throws GeneralSecurityException, IOException {
        KeyStore trusted = empty();
        trusted.setCertificateEntry(CA, keys.getCertificate(CA));
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        return (X509TrustManager) trust.getTrustManagers()[0];
    }

    /** For the server. */
    public SSLContext server() throws GeneralSecurityException, IOException {
        var own = KeyManagerFactory.getInstance("PKIX");
        own.init(load(keyStore()), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), null, null);
        return context;
    }

    private static void generate(Path store, String alias, String... more) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                alias,
                                "-dname",
                                "CN=" + alias,
                                "-keyalg",
                                "EC",
                                "-groupname",
                                "secp256r1",
                                "-validity",
                                "2",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                PASSWORD));
        command.addAll(List.of(more));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException("keytool: " + said);
        }
    }

    private static KeyStore load(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private void write() throws GeneralSecurityException, IOException {
        Key key = keys.getKey(SERVER, PASSWORD.toCharArray());
        Certificate[] chain = keys.getCertificateChain(SERVER);
        Files.writeString(trusted(), pem("CERTIFICATE", keys.getCertificate(CA).getEncoded()));
        var certificates = new StringBuilder();
        for (Certificate certificate : chain) {
            certificates.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        KeyStore server = empty();
        server.setKeyEntry(SERVER, key, PASSWORD.toCharArray(), chain);
        try (var out = Files.newOutputStream(keyStore())) {
            server.store(out, PASSWORD.toCharArray());
        }
        // The certificate last: who watches the files reads a pair that belongs together.
        Files.writeString(key(), pem("PRIVATE KEY", key.getEncoded()));
        Files.writeString(certificate(), certificates);
    }

    private static String pem(String what, byte[] der) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
    }
}
