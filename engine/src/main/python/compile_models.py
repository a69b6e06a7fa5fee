"""Compiles the TorchScript sources of this folder into engine/src/main/resources. Needs torch 2.7.

    python engine/src/main/python/compile_models.py
"""

import io
import pathlib
import zipfile

import torch

import holt_bert
import holt_clip
import holt_llama
import holt_unet
import holt_vae

RESOURCES = pathlib.Path(__file__).parents[1] / "resources" / "holt" / "engine"


def compile_to(module: torch.nn.Module, target: pathlib.Path) -> None:
    """Saves without the debug tables, which contain local paths."""
    whole = io.BytesIO()
    torch.jit.save(torch.jit.script(module), whole)
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as copy:
        for name in sorted(source.namelist()):
            if not name.endswith(".debug_pkl"):
                copy.writestr(zipfile.ZipInfo(name), source.read(name))
    print(f"{target.name}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    compile_to(holt_llama.LlamaDecoder(), RESOURCES / "decoder" / "llama.pt")
    compile_to(holt_bert.BertEncoder(), RESOURCES / "encoder" / "bert.pt")
    compile_to(holt_unet.Unet(), RESOURCES / "diffusion" / "unet.pt")
    compile_to(holt_vae.Autoencoder(), RESOURCES / "diffusion" / "vae.pt")
    compile_to(holt_clip.ClipText(), RESOURCES / "diffusion" / "clip.pt")
