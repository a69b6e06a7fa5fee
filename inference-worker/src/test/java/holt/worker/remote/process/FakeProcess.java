package holt.worker.remote.process;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A process that ends when a test says so, or when its standard input closes. */
final class FakeProcess extends Process {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final PipedOutputStream printing = new PipedOutputStream();
    private final PipedInputStream printed;

    FakeProcess() {
        try {
            printed = new PipedInputStream(printing);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void print(String text) throws IOException {
        printing.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        printing.flush();
    }

    boolean isEnded() {
        return ended.getCount() == 0;
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int b) {}

            @Override
            public void close() {
                destroy();
            }
        };
    }

    @Override
    public InputStream getInputStream() {
        return printed;
    }

    @Override
    public InputStream getErrorStream() {
        return new ByteArrayInputStream(new byte[0]);
    }

    @Override
    public int waitFor() throws InterruptedException {
        ended.await();
        return 1;
    }

    @Override
    public boolean waitFor(long time, TimeUnit unit) throws InterruptedException {
        return ended.await(time, unit);
    }

    @Override
    public int exitValue() {
        return 1;
    }

    @Override
    public void destroy() {
        try {
            printing.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ended.countDown();
    }
}
