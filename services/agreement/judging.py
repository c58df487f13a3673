"""Jobs in the sandbox, with their refusals as problems."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from chassis import sandbox
from chassis.problem import Problem
from documents.errors import Refused

Result = TypeVar("Result")


def judged(job: Callable[..., Result], *values: object, limits: sandbox.Limits) -> Result:
    """The job's result; raises 422 with the library's code, or pdf_too_complex when it used up its limits."""
    try:
        return sandbox.run(job, *values, limits=limits)
    except Refused as error:
        raise Problem(422, error.code) from error
    except sandbox.OutOfLimits as error:
        raise Problem(422, "pdf_too_complex") from error
