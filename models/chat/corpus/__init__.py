"""Dialogues from templates: every module offers `dialogue(rng)` and knows one kind of talk."""
