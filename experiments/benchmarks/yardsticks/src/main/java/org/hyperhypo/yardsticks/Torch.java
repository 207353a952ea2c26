package org.hyperhypo.yardsticks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.hyperhypo.benchmarks.Branch;
import org.hyperhypo.benchmarks.Contender;
import org.hyperhypo.benchmarks.Dense;
import org.hyperhypo.benchmarks.Problem;
import org.hyperhypo.benchmarks.Step;
import org.hyperhypo.benchmarks.Yardstick;

/// PyTorch, its own C++ library behind DJL. DJL takes it from the class path and is told never to download.
public final class Torch implements Yardstick {
    private final Engine engine;
    private final NDManager memory;

    public Torch() {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("DJL_CACHE_DIR", NativeLibrary.besideThisJar().resolve("djl").toString());
        System.setProperty("OPT_OUT_TRACKING", "true");
        engine = Engine.getEngine("PyTorch");
        memory = engine.newBaseManager();
    }

    @Override
    public String name() {
        return "PyTorch";
    }

    @Override
    public String text() {
        return engine.getVersion() + " through DJL, with the MKL and oneDNN in it; its MKL runs AVX2 code on processors that are not Intel's. SGD with momentum is"
                + " written in the three passes of torch.optim.SGD; gradients are not zeroed but dropped, as zero_grad does by default";
    }

    @Override
    public List<Contender> contenders(Problem problem, int threads) {
        return switch (problem) {
            case Dense p -> TorchLayers.dense(engine, memory, p);
            case Branch p -> TorchLayers.branch(engine, memory, p);
            case Step p when p.spec().equals(Step.paper()) -> TorchStep.contenders(engine, memory, p);
            default -> List.of();
        };
    }
}
