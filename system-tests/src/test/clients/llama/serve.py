"""Runs llama.cpp's server: serve.py MODEL.gguf NAME PORT SLOTS CONTEXT. Each slot has CONTEXT tokens."""

import signal
import sys

import xllamacpp

model, name, port, slots, context = sys.argv[1:]
params = xllamacpp.CommonParams()
params.model.path = model
params.model_alias = {name}
params.port = int(port)
params.n_parallel = int(slots)
params.n_ctx = int(slots) * int(context)
params.endpoint_slots = True
params.endpoint_props = True
params.cpuparams.n_threads = 1
server = xllamacpp.Server(params)
signal.pause()
