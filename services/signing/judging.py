"""Run a job on what a signer gave in the sandbox; a refusal becomes the problem the signer is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from chassis import sandbox
from chassis.problem import Problem, unavailable
from documents.errors import Refused

Result = TypeVar("Result")


def judge(job: Callable[..., Result], *values: Any, limits: sandbox.Limits | None = None) -> Result:
    """The job's result; raises 422 with the library's code, or 503 when the child ran out of what it may use."""
    try:
        return sandbox.run(job, *values, limits=limits or sandbox.Limits())
    except Refused as error:
        raise Problem(422, error.code) from error
    except sandbox.OutOfLimits as error:
        raise unavailable() from error
