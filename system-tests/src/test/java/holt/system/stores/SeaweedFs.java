package holt.system.stores;

import holt.store.StoreKeys;
import holt.system.rig.time.Await;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A SeaweedFS with its S3 service, on loopback ports. It creates no bucket by itself and reports to nobody. */
final class SeaweedFs implements AutoCloseable {
    private static final List<String> PORTS =
            List.of(
                    "s3.port",
                    "s3.port.grpc",
                    "master.port",
                    "master.port.grpc",
                    "volume.port",
                    "volume.port.grpc",
                    "filer.port",
                    "filer.port.grpc");

    private final Process process;
    private final int port;

    private SeaweedFs(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Waits until it answers. */
    static SeaweedFs start(Path weed, Path directory, StoreKeys keys) throws IOException {
        Path users =
                Files.writeString(
                        directory.resolve("users.json"),
                        """
                        {"identities": [{"name": "holt", "actions": ["Admin"],
                          "credentials": [{"accessKey": "%s", "secretKey": "%s"}]}]}
                        """
                                .formatted(keys.access(), keys.secret()));
        List<Integer> ports = freePorts(PORTS.size());
        var command =
                new ArrayList<>(
                        List.of(
                                weed.toString(),
                                "server",
                                "-dir=" + directory,
                                "-ip=127.0.0.1",
                                "-ip.bind=127.0.0.1",
                                "-master.telemetry=false",
                                "-master.volumeSizeLimitMB=64",
                                "-volume.max=50",
                                "-s3",
                                "-s3.config=" + users,
                                "-s3.autoCreateBucket=false",
                                "-s3.port.iceberg=0",
                                "-s3.port.lance=0"));
        for (int i = 0; i < PORTS.size(); i++) {
            command.add("-" + PORTS.get(i) + "=" + ports.get(i));
        }
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(Redirect.to(directory.resolve("log").toFile()))
                        .start();
        var weedFs = new SeaweedFs(process, ports.getFirst());
        Await.until(weedFs::answers);
        return weedFs;
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new AssertionError("SeaweedFS ended with " + process.exitValue());
        }
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Integer> freePorts(int count) throws IOException {
        var sockets = new ArrayList<ServerSocket>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }
}
