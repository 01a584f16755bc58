"""One model as PyTorch, TorchScript, ONNX by both of PyTorch's exporters and Keras write it: model_pairs.py FOLDER."""
import os
import sys

os.environ["KERAS_BACKEND"] = "torch"
import keras
import numpy as np
import torch
from torch import nn

folder = sys.argv[1]
torch.manual_seed(7)


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.up = nn.Linear(width, 2 * width)
        self.down = nn.Linear(2 * width, width)

    def forward(self, x):
        return x + self.down(torch.relu(self.up(self.norm(x))))


class Net(nn.Module):
    def __init__(self, blocks, outputs):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, stride=2)
        self.stem = nn.Linear(36, 16)
        self.blocks = nn.ModuleList(Block(16) for _ in range(blocks))
        self.head = nn.Linear(16, outputs)

    def forward(self, x):
        x = self.stem(torch.relu(self.conv(x)).flatten(1))
        for block in self.blocks:
            x = block(x)
        return self.head(x)


def path(name):
    return os.path.join(folder, name)


def export(model, stem):
    example = torch.zeros(1, 3, 8, 8)
    names = dict(input_names=["x"], output_names=["y"])
    torch.onnx.export(model, (example,), path(f"{stem}.onnx"), dynamo=True, external_data=False, verbose=False, **names)
    torch.onnx.export(model, (example,), path(f"{stem}-legacy.onnx"), dynamo=False, **names)


def randomised(model):
    # Scales of ones and biases of zeros would be alike.
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.normal_()
    return model.eval()


model = randomised(Net(2, 5))
torch.save(model.state_dict(), path("model.pt"))
torch.jit.script(model).save(path("script.pt"))
export(model, "model")
longer = randomised(Net(3, 7))
torch.jit.script(longer).save(path("script-longer.pt"))
export(longer, "longer")

# The same weights with the axes as Keras has them.
x = keras.Input((8, 8, 3))
conv = keras.layers.Conv2D(4, 3, strides=2, activation="relu", name="conv")
flat = keras.layers.Flatten()(conv(x))
stem = keras.layers.Dense(16, name="stem")
twin = keras.Model(x, stem(flat), name="twin")
conv.set_weights([model.conv.weight.detach().numpy().transpose(2, 3, 1, 0), model.conv.bias.detach().numpy()])
stem.set_weights([model.stem.weight.detach().numpy().T, model.stem.bias.detach().numpy()])
twin.save(path("twin.keras"))
torch.save({k: v for k, v in model.state_dict().items() if k.startswith(("conv", "stem"))}, path("twin.pt"))
