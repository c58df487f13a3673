"""The command `signet`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from chassis.settings import BadSettings
from signet.billing import add_arguments as add_billing_arguments
from signet.billing import tell
from signet.demo.command import add_arguments as add_demo_arguments
from signet.erase import add_arguments as add_erase_arguments
from signet.erase import erase
from signet.registry import MODULES
from signet.revoke import add_arguments as add_revoke_arguments
from signet.revoke import revoke
from signet.verify import add_arguments as add_verify_arguments
from signet.verify import verify

PROCESSES = ("web", "worker", "relay", "migrate", "replay")


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments."""
    root = argparse.ArgumentParser(prog="signet", description="Self-hosted electronic signatures.")
    commands = root.add_subparsers(dest="command", required=True, metavar="COMMAND")
    up = commands.add_parser("up", help="run the whole suite in one process on embedded defaults")
    up.add_argument("--home", type=Path, default=Path(os.environ.get("SIGNET_HOME", "var")), help="folder of all data")
    up.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8080")))
    for name in MODULES:
        service = commands.add_parser(name, help=f"one process of the service {name}")
        if name == "billing":
            add_billing_arguments(service, PROCESSES)
        else:
            service.add_argument("process", choices=PROCESSES)
    add_demo_arguments(commands.add_parser("demo", help="take a PDF through the whole flow by HTTP, as users would"))
    commands.add_parser("topology", help="declare exchange and queues at BUS_URL")
    commands.add_parser("keys", help="print fresh secrets for a deployment, as an .env file")
    parked = commands.add_parser("parked", help="messages that were given up: list them, or put them back")
    parked.add_argument("action", choices=("list", "retry"))
    parked.add_argument("service", choices=list(MODULES))
    parked.add_argument("ids", nargs="*", help="message ids; all when none is given")
    add_revoke_arguments(commands.add_parser("revoke", help="take back a certificate this installation has issued"))
    add_verify_arguments(commands.add_parser("verify", help="check a signed PDF, or the ZIP of an agreement, offline"))
    add_erase_arguments(commands.add_parser("erase", help="erase a person; evidence and documents stay valid"))
    commands.add_parser("settings", help="print the table of every environment variable")
    return root


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 2 for a wrong configuration."""
    options = parser().parse_args(arguments)
    try:
        return run(options)
    except BadSettings as error:
        print(error, file=sys.stderr)
        return 2


def run(options: argparse.Namespace) -> int:
    """Run a parsed command."""
    from signet import processes

    match options.command:
        case "up":
            return _up(options)
        case "demo":
            from signet.demo.command import demo

            return demo(options)
        case "topology":
            processes.topology()
        case "keys":
            from signet.keys import env_file

            print(env_file(), end="")
        case "parked":
            return _parked(options)
        case "revoke":
            return revoke(options)
        case "verify":
            return verify(options)
        case "erase":
            return erase(options)
        case "settings":
            from chassis.settings import configuration_table
            from signet.registry import load_service

            print(
                configuration_table(*(load_service(name).settings for name in MODULES), processes.ProcessSettings),
                end="",
            )
        case "billing" if options.process not in PROCESSES:
            return tell(options)
        case service:
            return _process(service, options.process)
    return 0


def _process(service: str, process: str) -> int:
    from signet import processes

    steps: dict[str, Callable[[str], object]] = {
        "web": processes.web, "worker": processes.worker, "relay": processes.relay,
        "migrate": processes.migrate_service, "replay": processes.replay_service,
    }  # fmt: skip
    steps[process](service)
    return 0


def _up(options: argparse.Namespace) -> int:
    from signet.up import AlreadyRunning, up

    try:
        up(options.home.resolve(), options.port)
    except (AlreadyRunning, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _parked(options: argparse.Namespace) -> int:
    from chassis.bus import connect_bus

    if "BUS_URL" not in os.environ:
        raise BadSettings("BUS_URL is missing: the broker whose parked messages to look at.")
    bus = connect_bus(os.environ["BUS_URL"])
    if options.action == "retry":
        print(f"{bus.put_back(options.service, options.ids or None)} messages put back")
        return 0
    for parked in bus.parked(options.service):
        print(f"{parked.message.id}  {parked.message.type}  {parked.attempts} tries  {parked.reason}")
    return 0
