"""The command: finds or starts a suite, runs the flow, and turns what happens into an exit code."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from signet.demo.contract import sample_contract
from signet.demo.flow import Demo
from signet.demo.http import Refused, wait_for
from signet.demo.mail import Mailbox, Mailpit, SignetMailbox

REFUSED, FAULT = 3, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `signet demo`."""
    parser.add_argument("--pdf", type=Path, help="the PDF to sign; a contract of our own when none is given")
    parser.add_argument(
        "--out", type=Path, required=True, help="folder for document.pdf, certificate.pdf and audit.json"
    )
    parser.add_argument("--signers", type=int, default=2, choices=range(1, 51), metavar="N", help="1 to 50")
    parser.add_argument("--mode", choices=("ordered", "parallel"), default="ordered")


def demo(options: argparse.Namespace) -> int:
    """Run it; 0 when finished, 3 with the reason as one line of JSON when the file is refused, 1 for a fault."""
    pdf = options.pdf.read_bytes() if options.pdf else sample_contract()
    name = options.pdf.name if options.pdf else "service-agreement.pdf"
    try:
        with running_suite() as url:
            flow = Demo(url, _mailbox(url), lambda text: print(f"· {text}", file=sys.stderr, flush=True))
            agreement = flow.run(pdf, name, options.out, options.signers, options.mode == "ordered")
    except Refused as error:
        print(json.dumps(error.document, ensure_ascii=False))
        return REFUSED if error.status in (413, 415, 422) else FAULT
    except (TimeoutError, OSError) as error:
        print(json.dumps({"code": "fault", "title": str(error)}, ensure_ascii=False))
        return FAULT
    print(f"{agreement} is finished: {options.out}/document.pdf, certificate.pdf, audit.json")
    print(f"Verify it, offline: signet verify {options.out}/document.pdf --trust {options.out}/root.pem")
    return 0


def _mailbox(url: str) -> Mailbox:
    mailpit = os.environ.get("MAILPIT_URL")
    return Mailpit(mailpit) if mailpit else SignetMailbox(url)


@contextmanager
def running_suite() -> Iterator[str]:
    """The address of `SIGNET_URL`, of the suite that already runs here, or of one that is started for the purpose."""
    port = os.environ.get("PORT", "8080")
    given = os.environ.get("SIGNET_URL") or (
        f"http://localhost:{port}" if _answers(f"http://localhost:{port}") else None
    )
    if given:
        yield given.rstrip("/")
        return
    with tempfile.TemporaryDirectory(prefix="signet-demo-") as home:
        environment = {**os.environ, "PORT": port, "SIGNET_HOME": home}
        process = subprocess.Popen([sys.executable, "-m", "signet", "up"], env=environment, stderr=subprocess.DEVNULL)
        try:
            wait_for(lambda: _answers(f"http://localhost:{port}") or None, "the embedded suite", 60)
            yield f"http://localhost:{port}"
        finally:
            process.terminate()
            process.wait(20)


def _answers(url: str) -> bool:
    try:
        return requests.get(f"{url}/readyz", timeout=3).ok
    except requests.RequestException:
        return False
