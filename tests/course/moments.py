"""What each lesson says one sees, and when."""

from __future__ import annotations

from collections.abc import Mapping

from tests.course.moment import (
    CURVES,
    END,
    GRADIENTS,
    Number,
    Seen,
    SideBySide,
    accuracy,
    after,
    layers,
    picture,
    train_loss,
)

SHORTER = {"translate-dates": ["data.samples=4000", "train.epochs=2"]}  # a minute otherwise
ALIKE, FAULTY = r"same label: ([\d.]+) %", r"flagged: ([\d.]+) % of faulty"
LOWER_R, F1, ENTROPY = r"r = (\S+)", r"entity f1 ([\d.]+) %", r"entropy (\S+) nats"
LOSSES = Seen(CURVES, ("Loss", "train", "validation"))
SEEN: Mapping[str, tuple[Seen | SideBySide, ...]] = {
    "first-network": (
        Seen(CURVES, ("train", "validation", "Accuracy", "test accuracy")),
        accuracy(95, 100),
    ),
    "neuron": (
        picture("decision_boundary", "class 0 1", "border: x2 =", keys=after(1)),
        picture("decision_boundary", Number(r"border: x2 = \S+ x1 \+ (\S+)", 3, 5)),
        SideBySide(),
    ),
    "spam": (
        accuracy(80, 100, keys=after(2)),
        Seen(CURVES, ("rules", "test accuracy")),
        picture("telling_words", "++ strongly for", "ham", "spam"),
        picture("confusion", "rows: target", "ham", "spam"),
        picture("mistakes", "answer", "target"),
    ),
    "online": (
        picture("decision_boundary", "border: x2 =", keys=after(6)),
        accuracy(85, 100, run="once", keys=after(5)),
        accuracy(0, 50, run="once", keys=after(15)),
        accuracy(85, 100, keys=after(15)),
        SideBySide(("Validation loss",)),
    ),
    "backprop": (
        picture("backprop", "forward", "backward", "by differences", keys=after(1)),
        picture("backprop", "forward", "backward", "by differences", "dense_1.weight 1,1",
                "dense_2.bias 1"),
    ),
    "more-data": (SideBySide(("Test error over the number of training samples",)),),
    "overfitting": (Seen(CURVES, ("▲ overfitting", "train", "validation")),),
    "underfitting": (Seen(CURVES, ("▲ underfitting", "train", "validation")),),
    "generalisation": (SideBySide(("Validation loss",)),),
    "early-stopping": (Seen(CURVES, ("early stop", "best", "validation")),),
    "l2": (SideBySide(("Validation loss",)), Seen(GRADIENTS, ("Weight norm",), run="decayed",
                                                  keys=(*END, "u", "u"))),
    "dropout": (SideBySide(("Validation loss",)),),
    "augmentation": (SideBySide(("Validation loss",)),),
    "hidden-layer": (
        picture("decision_boundary", "x1", "x2"),
        picture("hidden_space", "unit 1"),
        picture("decision_boundary", "x1", run="linear"),
        accuracy(95, 100),
        accuracy(0, 85, run="linear"),
    ),
    "shallow-deep": (
        picture("decision_boundary", "x1", "x2"),
        picture("decision_boundary", "x1", "x2", run="shallow"),
        accuracy(95, 100),
        accuracy(0, 90, run="shallow"),
        SideBySide(),
    ),
    "activations": (
        SideBySide(("train loss",)),
        Seen(GRADIENTS, ("dense_1", "vanishing", "first/last"), run="sigmoid"),
        train_loss(2.2, 2.4, run="sigmoid"),
    ),
    "vanishing-gradient": (
        Seen(GRADIENTS, ("dense_1", "dense_12", "vanishing", "first/last")),
        Seen(CURVES, ("▲ vanishing gradient", "train 2.3")),
    ),
    "vanishing-cured": (
        SideBySide(),
        Seen(GRADIENTS, ("dense_1", "dense_12", "first/last"), run="relu"),
    ),
    "batch-norm": (
        SideBySide(("Validation loss",)),
        picture("activations", "sigmoid_8", run="normalised"),
        accuracy(85, 100, run="normalised"),
    ),
    "exploding-gradient": (
        Seen(CURVES, ("✘ failed", "not finite", Number(r"gradient norm is (\S+)", 300, 1e9))),
        accuracy(95, 100, run="clipped"),
        Seen(GRADIENTS, ("rnn_1",), run="clipped"),
        SideBySide(),
    ),
    "cross-entropy": (SideBySide(("Validation loss",)), LOSSES),
    "loss-functions": (SideBySide(), picture("activations", "sigmoid_1", run="squared")),
    "learning-rate": (
        train_loss(0, 0.1),
        train_loss(2, 2.31, run="too_small"),
        train_loss(1000, 1e12, run="too_large", keys=after(1)),
        SideBySide(),
        SideBySide(keys=(*END, "l")),
    ),
    "batch-size": (SideBySide(),),
    "explore-exploit": (SideBySide(),),
    "moving-average": (
        SideBySide(("Validation loss",)),
        Seen(CURVES, ("▲ learning rate too high",)),
        picture(
            "moving_average", "last step", Number(r"from 0 (\S+)", 0, 0.1),
            Number(r"corrected (\S+)", 0.3, 1.5), run="long", keys=after(1),
        ),
    ),
    "ravine": (  # the minimum is at 2.83
        picture("descent", Number(r"@ now \S+, (\S+)", 0, 2.5), keys=after(30)),
        picture("descent", Number(r"@ now \S+, (\S+)", 2.6, 3.2), run="momentum", keys=after(30)),
        picture("descent", "S start", "M least", "weight 1"),
        picture("descent", "S start", "M least", "weight 1", run="momentum"),
        picture("descent", "S start", "M least", run="rmsprop"),
        picture("descent", "S start", "M least", run="adam"),
        SideBySide(),
    ),
    "local-minimum": (
        picture("descent", "S start", "M least", "weight 1"),
        picture("descent", "S start", "M least", "weight 1", run="momentum"),
        SideBySide(),
    ),
    "optimizers": (SideBySide(),),
    "lr-decay": (SideBySide(), Seen(CURVES, ("lr ",), run="step")),
    "iris": (
        picture("confusion", "setosa", "rows: target"),
        accuracy(30, 70, keys=after(1)),
        accuracy(90, 100),
    ),
    "wine": (
        accuracy(90, 100, keys=after(10)),
        Seen(CURVES, ("test accuracy", "linear", "majority")),
    ),
    "diabetes": (SideBySide(("r2",)), Seen(CURVES, ("test r2", "linear", "train"))),
    "clusters": (
        picture("code_space", Number(ALIKE, 10, 50), keys=after(1)),
        picture("code_space", Number(ALIKE, 60, 100)),
    ),
    "anomaly": (
        picture("error_histogram", Number(FAULTY, 0, 80), keys=after(1)),
        picture("error_histogram", Number(FAULTY, 80, 100)),
        picture("error_histogram", Number(FAULTY, 0, 30), run="mixed"),
        picture("reconstructions", "input", "output"),
    ),
    "edge-detection": (
        picture("filters", Number(LOWER_R, 0, 0.97), keys=after(1)),
        picture("filters", Number(LOWER_R, 0.99, 1)),
        picture("samples", "sobel_x", "learned 1", "sobel_y", "learned 2", keys=after(4)),
    ),
    "padding-stride": (
        picture("feature_maps", "6 × 18 × 18"),
        layers("18 × 18"),
        layers("35 × 35", run="stride_1"),
        layers("20 × 20", run="padding_2"),
        layers("39 × 39", run="same"),
        picture("step_time", "time of a step by layer", "conv2d_1", run="same"),
    ),
    "pooling": (
        layers("28 × 28", "14 × 14", "101,130"),
        layers("402,186", run="none"),
        picture("step_time", "time of a step by layer", "dense_1"),
    ),
    "lenet5": (
        accuracy(95, 100, keys=after(8)),
        Seen(CURVES, (Number(r"validation (0\.\d+)", 0.5, 0.6),)),
    ),
    "parameter-sharing": (
        layers("11,066"),
        layers("307,594", run="dense"),
        accuracy(45, 65, run="shifted"),
        accuracy(30, 42, run="dense_shifted"),
    ),
    "convnet": (
        accuracy(90, 100, keys=after(12)),
        accuracy(0, 20, run="plain"),
        train_loss(0, 0.1, run="unaugmented"),
        accuracy(50, 80, run="unaugmented"),
    ),
    "memory": (
        picture("gradient_by_time", Number(r"first (\S+),", 0, 1e-10), run="rnn", keys=after(1)),
        picture("gradient_by_time", "of gru_1"),
        accuracy(15, 40, keys=after(1)),
        accuracy(95, 100),
        accuracy(95, 100, run="lstm"),
        accuracy(0, 70, run="rnn"),
    ),
    "sentiment": (
        accuracy(40, 65, keys=after(1)),
        accuracy(95, 100),
        accuracy(50, 70, run="bag_of_words"),
        Seen(CURVES, (Number(r"linear ([\d.]+) %", 50, 70),)),
    ),
    "surnames": (
        accuracy(60, 80, keys=after(2)),
        accuracy(75, 85),
        Seen(CURVES, (Number(r"linear ([\d.]+) %", 60, 70), Number(r"majority ([\d.]+)", 10, 18))),
    ),
    "music": (
        picture("notes", "notes in the key", "♯", keys=after(1)),
        picture("notes", Number(r"in the key, ([\d.]+) %", 80, 100)),
    ),
    "char-model": (
        picture("generated_text", "temperature 0.3", "temperature 1", keys=after(1)),
        picture("generated_text", "temperature 0.3", "temperature 1", keys=after(3)),
        Seen(CURVES, ("test loss", "order 2 counts", "frequencies")),
    ),
    "name-tagger": (
        Seen(CURVES, (Number(F1, 95, 100),)),
        Seen(CURVES, (Number(F1, 70, 90),), run="forward"),
        accuracy(95, 100, run="forward"),
        picture("tagged", "✘ found / is there", run="forward"),
    ),
    "translate-dates": (
        Seen(CURVES, (Number(r"exact match ([\d.]+) %", 0, 20),), keys=after(1)),
        picture("alignment", "it depends on this input"),
    ),
    "forecast": (
        picture("forecast", "truth", "last season again", keys=after(4)),
        Seen(CURVES, ("seasonal naive", "linear")),
    ),
    "cartpole": (
        picture("returns", Number(ENTROPY, 0.62, 0.7), keys=after(1)),
        picture("returns", Number(ENTROPY, 0, 0.6), Number(r"mean (\d+),", 195, 200)),
    ),
    "acrobot": (
        picture("returns", "-300", keys=after(1)),
        picture("returns", Number(ENTROPY, 0, 0.55), Number(r"mean (-\S+),", -150, -60)),
        picture("episode", "the end", " high"),
    ),
}  # fmt: skip
