"""moto's random numbers, of which it makes the ids of versions, roles and more, so that a replay makes the same ones."""

from __future__ import annotations

import random
import secrets
import threading

from moto.moto_api._internal import mock_random
from moto.moto_api._internal.moto_random import MotoRandom


class ThreadRandom(MotoRandom):
    """One sequence for each thread: a request that runs beside another one takes none of its numbers."""

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
    """Makes the sequence of this thread that of a seed."""
    mock_random.__class__ = ThreadRandom
    mock_random.generator().seed(seed)
