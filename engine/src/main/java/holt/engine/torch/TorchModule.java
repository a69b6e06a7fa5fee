package holt.engine.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import holt.engine.checkpoint.StoredTensor;
import holt.engine.checkpoint.StoredType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.stream.Stream;

/** A TorchScript module and its tensors. Used by one thread at a time. */
public final class TorchModule implements AutoCloseable {
    private static final long LARGEST_PART = 1L << 30; // a ByteBuffer holds less than 2 GiB

    private final PtNDManager manager;
    private final PtSymbolBlock block;

    private TorchModule(PtNDManager manager, PtSymbolBlock block) {
        this.manager = manager;
        this.block = block;
    }

    /**
     * Loads a compiled module, a resource in the package of a class.
     *
     * @param device {@code cpu} or {@code cuda:N}
     */
    public static TorchModule load(Class<?> beside, String resource, String device) {
        withoutOptimizer();
        PtNDManager manager =
                (PtNDManager) Engine.getEngine("PyTorch").newBaseManager(device(device));
        try (InputStream in =
                Objects.requireNonNull(beside.getResourceAsStream(resource), resource)) {
            return new TorchModule(manager, JniUtils.loadModule(manager, in, true, false));
        } catch (IOException e) {
            manager.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /**
     * Prepares the calling thread. Each thread that calls {@link #run} needs it.
     *
     * @param threads the most threads of one operator
     */
    public static void useThisThread(int threads) {
        withoutOptimizer();
        useThreads(threads);
    }

    /** Switches off the graph optimizer, which merges equal caches. */
    private static void withoutOptimizer() {
        Engine.getEngine("PyTorch"); // loads the native library
        JniUtils.setGraphExecutorOptimize(false);
    }

    /**
     * Sets the most threads of one operator. It applies to the calling thread and to threads of libtorch that have not run an
     * operator yet.
     */
    public static void useThreads(int threads) {
        Engine.getEngine("PyTorch");
        JniUtils.setNumThreads(threads);
    }

    /** The number of threads; 0 means as many as there are cores. */
    public static int orCores(int threads) {
        return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    }

    /** Resolves {@code auto} to the first GPU, or to the CPU if there is none. */
    public static String resolve(String device) {
        if (device.equals("auto")) {
            return Engine.getEngine("PyTorch").getGpuCount() > 0 ? "cuda:0" : "cpu";
        }
        return device;
    }

    static Device device(String device) {
        return device.equals("cpu")
                ? Device.cpu()
                : Device.gpu(Integer.parseInt(device.substring("cuda:".length())));
    }

    /** Owns tensors that live as long as the module. */
    public PtNDManager manager() {
        return manager;
    }

    /** Calls a method and closes the arguments. The caller closes the result. */
    public IValue run(String method, IValue... arguments) {
        try {
            return IValueUtils.runMethod(block, method, arguments);
        } finally {
            for (IValue argument : arguments) {
                argument.close();
            }
        }
    }

    /** Calls a method that returns nothing and closes the arguments. */
    public void call(String method, IValue... arguments) {
        run(method, arguments).close();
    }

    /** Passes a weight to the module's {@code put}, under its own name. */
    public void put(StoredTensor tensor) {
        put(tensor.name(), tensor);
    }

    /** Passes a weight to the module's {@code put}, in parts of whole rows that fit into a ByteBuffer. */
    public void put(String name, StoredTensor tensor) {
        try (Arena computed = Arena.ofConfined()) {
            putRows(name, tensor, tensor.data(computed));
        }
    }

    private void putRows(String name, StoredTensor tensor, MemorySegment data) {
        long rows = tensor.shape().getFirst();
        long rowBytes = data.byteSize() / rows;
        long rowsPerPart = Math.max(1, LARGEST_PART / rowBytes);
        for (long row = 0; row < rows; row += rowsPerPart) {
            long count = Math.min(rowsPerPart, rows - row);
            MemorySegment part = data.asSlice(row * rowBytes, count * rowBytes);
            long[] shape =
                    Stream.concat(Stream.of(count), tensor.shape().stream().skip(1))
                            .mapToLong(Long::longValue)
                            .toArray();
            // DJL aborts on bfloat16. Its bits cross as float16, and the module reads them as
            // bfloat16.
            DataType type = tensor.type() == StoredType.F32 ? DataType.FLOAT32 : DataType.FLOAT16;
            try (NDManager scope = manager.newSubManager()) {
                PtNDArray array =
                        ((PtNDManager) scope)
                                .create(
                                        part.asByteBuffer().order(ByteOrder.nativeOrder()),
                                        new Shape(shape),
                                        type);
                call(
                        "put",
                        IValue.from(name),
                        IValue.from(array),
                        IValue.from(tensor.type() == StoredType.BF16));
            }
        }
    }

    @Override
    public void close() {
        block.close();
        manager.close();
    }
}
