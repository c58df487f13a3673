"""The whole suite as its own processes: embedded in one, or spread over RabbitMQ, PostgreSQL, S3 and SMTP."""

from __future__ import annotations

import contextlib
import shutil
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Self

import boto3

from chassis.bus import connect_bus
from contracts.catalogue import subscriptions
from signet.demo.mail import Mail, Mailbox, SignetMailbox
from signet.keys import new_secrets
from signet.processes import migrate_service
from signet.registry import MODULES
from tests.processes import ServerProcess, free_port, scratch
from tests.servers import S3, Postgres, Rabbit, Smtp

LOGS = Path("build/logs")
LIMITS_OFF = {"RATE_LIMITS": "off"}


def answers(url: str) -> bool:
    """Whether the suite at ``url`` is ready."""
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=3) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


class Embedded:
    """`signet up` in a process of its own; ``settings`` are added to its environment."""

    def __init__(self, **settings: str) -> None:
        self.home, self.port = scratch("up"), free_port()
        self.url = f"http://localhost:{self.port}"
        env = {"PORT": str(self.port), "SIGNET_HOME": str(self.home), "LOG_LEVEL": "INFO", **LIMITS_OFF, **settings}
        self.process = ServerProcess([sys.executable, "-m", "signet", "up"], self.home / "log", env)
        self.mailbox: Mailbox = SignetMailbox(self.url)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.process.stop()

    def start(self) -> None:
        """Start and wait until it answers."""
        self.process.start(lambda: answers(self.url))

    def kill(self) -> None:
        """SIGKILL."""
        self.process.kill()


class Trap:
    """Mails that reached the SMTP receiver."""

    def __init__(self, smtp: Smtp) -> None:
        self._smtp = smtp

    def mails(self, address: str) -> list[Mail]:
        found = [m for m in list(self._smtp.messages) if address in str(m["To"])]
        return [Mail(str(m["Message-ID"]), str(m["Subject"]), _plain(m)) for m in reversed(found)]


def _plain(message: object) -> str:
    part = message.get_body(("plain",))  # type: ignore[attr-defined]
    return str(part.get_content())


class Spread:
    """Every service as web, relay and worker processes on real servers, which it starts and ends.

    ``settings`` are added to the environment of each.
    """

    def __init__(self, **settings: str) -> None:
        self._settings = settings
        self.postgres, self.rabbit, self.s3, self.smtp = Postgres(), Rabbit(), S3(), Smtp()
        self.folder = LOGS
        self.ports = {name: free_port() for name in MODULES}
        self.url = f"http://localhost:{self.ports['gateway']}"
        self.mailbox: Mailbox = Trap(self.smtp)
        self._stack = contextlib.ExitStack()
        self.environment: dict[str, dict[str, str]] = {}
        self.processes: dict[tuple[str, str], ServerProcess] = {}

    def __enter__(self) -> Self:
        with ThreadPoolExecutor() as pool:
            list(pool.map(self._stack.enter_context, (self.postgres, self.rabbit, self.s3, self.smtp)))
        boto3.client(
            "s3", endpoint_url=self.s3.url, region_name="us-east-1", aws_access_key_id="k", aws_secret_access_key="s"
        ).create_bucket(Bucket="signet")
        self.environment = self._environment()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        for name in MODULES:
            migrate_service(name, self.environment[name])
        connect_bus(self.rabbit.url).declare(subscriptions())
        self.processes = {(n, k): self._process(n, k) for n in MODULES for k in ("web", "relay", "worker")}
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(self.start, self.processes))
        return self

    def __exit__(self, *_: object) -> None:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(ServerProcess.kill, self.processes.values()))
        self.rabbit.kill()
        self._stack.close()

    def start(self, which: tuple[str, str]) -> None:
        """Start one process; a web process is waited for."""
        name, kind = which
        url = f"http://127.0.0.1:{self.ports[name]}"
        self.processes[which].start(lambda: kind != "web" or answers(url))

    def kill(self, which: tuple[str, str]) -> None:
        """SIGKILL to one process and its children."""
        self.processes[which].kill()

    def _process(self, name: str, kind: str) -> ServerProcess:
        command = [sys.executable, "-m", "signet", name, kind]
        return ServerProcess(command, self.folder / f"{name}-{kind}.log", self.environment[name])

    def _environment(self) -> dict[str, dict[str, str]]:
        secrets = new_secrets()
        urls = " ".join(f"{name}=http://127.0.0.1:{port}" for name, port in self.ports.items())
        with self.postgres.connect("postgres") as connection:
            connection.execute("CREATE ROLE app LOGIN NOSUPERUSER")
        common = {
            "BUS_URL": self.rabbit.url, "STORAGE_URL": f"s3://k:s@signet?endpoint={self.s3.url}", "SERVICE_URLS": urls,
            "TOKEN_TRUST": secrets["TOKEN_TRUST"], "SECRET_KEY": secrets["SECRET_KEY"], "PUBLIC_URL": self.url,
            "MAIL_URL": f"{self.smtp.url}?from=signet@example.com", "WEB_THREADS": "8", **LIMITS_OFF, **self._settings,
        }  # fmt: skip
        return {
            name: {
                **common, "DATABASE_URL": self._database(name), "TOKEN_KEY": secrets[f"TOKEN_KEY_{name.upper()}"],
                "PORT": str(self.ports[name]),
            }
            for name in MODULES
        }  # fmt: skip

    def _database(self, name: str) -> str:
        url = self.postgres.create_database(name)
        with self.postgres.connect(name) as connection:
            connection.execute(f"ALTER DATABASE {name} OWNER TO app; GRANT ALL ON SCHEMA public TO app")
        return url.replace("signet@", "app@")
