"""Seeds moto's random numbers. moto makes the ids of versions, roles and more from them, and a replay must make the same ids."""

from __future__ import annotations

import random
import secrets
import threading

from moto.moto_api._internal import mock_random
from moto.moto_api._internal.moto_random import MotoRandom


class ThreadRandom(MotoRandom):
    """Keeps one sequence for each thread, so that concurrent requests do not take each other's numbers."""

    own = threading.local()

    def generator(self) -> random.Random:
        if not hasattr(self.own, "generator"):
            self.own.generator = random.Random()
        return self.own.generator

    def random(self) -> float:
        return self.generator().random()

    def getrandbits(self, k: int) -> int:
        return self.generator().getrandbits(k)


def new_seed() -> int:
    return secrets.randbits(64)


def begin_with(seed: int) -> None:
    """Restarts this thread's sequence from a seed."""
    mock_random.__class__ = ThreadRandom
    mock_random.generator().seed(seed)
