"""Writes what the schedulers of `diffusers` do, as golden values.

    python engine/src/test/python/make_scheduler_fixtures.py

Needs diffusers 0.35. In place of a model stands `model`, in place of random numbers `noise`; SchedulerTest has both too.
"""

import json
import math
import pathlib

import diffusers
import torch
from diffusers.schedulers import scheduling_euler_ancestral_discrete as ancestral

TARGET = pathlib.Path(__file__).parents[1] / "resources" / "holt" / "engine" / "diffusion" / "noise" / "golden.json"
SIZE = 6
STABLE = dict(beta_schedule="scaled_linear", beta_start=0.00085, beta_end=0.012)  # as Stable Diffusion has it


def model(sample: torch.Tensor, timestep: float) -> torch.Tensor:
    return 0.4 * sample + 0.5 * torch.sin(torch.arange(SIZE, dtype=torch.float64) + timestep / 100)


def noise(draw: int) -> torch.Tensor:
    return torch.cos(1.7 * torch.arange(SIZE, dtype=torch.float64) + draw)


def golden(name: str, steps: int, options: dict) -> dict:
    scheduler = getattr(diffusers, name)(**options)
    scheduler.set_timesteps(steps)
    draws = iter(range(1, 1000))
    ancestral.randn_tensor = lambda *_, **__: noise(next(draws))
    sample = noise(0) * scheduler.init_noise_sigma
    samples = []
    for time in scheduler.timesteps:
        scaled = scheduler.scale_model_input(sample, time)
        sample = scheduler.step(model(scaled, float(time)), time, sample).prev_sample
        samples.append(sample.tolist())
    return {
        "config": {"_class_name": name, **options},
        "steps": steps,
        "timesteps": [float(time) for time in scheduler.timesteps],
        "initialScale": float(scheduler.init_noise_sigma),
        "samples": samples,
        "noised": noised(getattr(diffusers, name)(**options), steps),
    }


def noised(scheduler, steps: int) -> list[float]:
    """The start of image-to-image: a clean sample with the noise of the third timestep."""
    scheduler.set_timesteps(steps)
    clean = 0.1 * torch.arange(SIZE, dtype=torch.float64)
    if hasattr(scheduler, "set_begin_index"):
        scheduler.set_begin_index(2)
    return scheduler.add_noise(clean, noise(0), scheduler.timesteps[2:3]).tolist()


def cases():
    for name in ("DDIMScheduler", "EulerDiscreteScheduler", "EulerAncestralDiscreteScheduler", "DPMSolverMultistepScheduler",
                 "PNDMScheduler"):
        extra = dict(skip_prk_steps=True) if name == "PNDMScheduler" else {}
        yield name, 10, STABLE | extra
        yield name, 7, STABLE | extra | dict(timestep_spacing="leading", steps_offset=1)
        yield name, 7, STABLE | extra | dict(timestep_spacing="linspace")
        yield name, 6, STABLE | extra | dict(timestep_spacing="trailing", prediction_type="v_prediction")
        yield name, 5, extra | dict(beta_schedule="linear", timestep_spacing="leading")
        yield name, 5, extra | dict(beta_schedule="squaredcos_cap_v2", prediction_type="v_prediction", timestep_spacing="trailing")
    yield "DDIMScheduler", 5, STABLE | dict(set_alpha_to_one=False, clip_sample=False)
    yield "DDIMScheduler", 5, STABLE | dict(clip_sample=True, clip_sample_range=0.8)
    yield "DDIMScheduler", 5, STABLE | dict(prediction_type="sample", clip_sample=False)
    yield "DPMSolverMultistepScheduler", 5, STABLE | dict(prediction_type="sample")
    yield "PNDMScheduler", 5, STABLE | dict(skip_prk_steps=True, set_alpha_to_one=True)
    zero = dict(rescale_betas_zero_snr=True, prediction_type="v_prediction", timestep_spacing="trailing")
    yield "DDIMScheduler", 5, STABLE | zero
    yield "EulerDiscreteScheduler", 5, STABLE | zero
    yield "EulerAncestralDiscreteScheduler", 5, STABLE | zero
    yield "DPMSolverMultistepScheduler", 5, STABLE | zero
    karras = dict(use_karras_sigmas=True)
    yield "EulerDiscreteScheduler", 6, STABLE | karras | dict(timestep_spacing="leading", steps_offset=1)
    yield "DPMSolverMultistepScheduler", 20, STABLE | karras
    yield "DPMSolverMultistepScheduler", 6, STABLE | karras | dict(timestep_spacing="leading", steps_offset=1)
    yield "DPMSolverMultistepScheduler", 20, STABLE | dict(final_sigmas_type="sigma_min")
    yield "EulerDiscreteScheduler", 6, STABLE | dict(final_sigmas_type="sigma_min")
    yield "DPMSolverMultistepScheduler", 6, STABLE | dict(solver_order=1)
    yield "DPMSolverMultistepScheduler", 6, STABLE | dict(solver_type="heun")
    yield "DPMSolverMultistepScheduler", 6, STABLE | dict(euler_at_final=True)


if __name__ == "__main__":
    results = [golden(*case) for case in cases()]
    assert all(math.isfinite(number) for result in results for sample in result["samples"] for number in sample)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text("[\n" + ",\n".join(json.dumps(result) for result in results) + "\n]\n")
    print(f"{len(results)} cases, {TARGET.stat().st_size} bytes")
