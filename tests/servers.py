"""Real private servers for tests: PostgreSQL, RabbitMQ, an S3 store, AWS KMS, an SMTP receiver, a PKCS#11 token.

Each is a context manager with ``url``, ``start``, ``stop``, ``kill`` and ``restart``; the first two also ``freeze`` and
``thaw``. Ports and folders are random, so runs side by side do not meet, and nothing stays behind after a run.
With ``SIGNET_TEST_CONTAINERS=1`` PostgreSQL and RabbitMQ come from container images (`tests/containers.py`).
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Self

import pika
import pika.exceptions
import psycopg
from pika.adapters.utils.connection_workflow import AMQPConnectorException

from tests.containers import PostgresContainer, RabbitContainer
from tests.mailtrap import Smtp
from tests.processes import CannotStart, ServerProcess, free_port, listens, program, scratch

IN_CONTAINERS = os.environ.get("SIGNET_TEST_CONTAINERS") == "1"


class Server:
    """What the process based servers share."""

    url: str
    process: ServerProcess

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start and wait until the server answers."""
        self.process.start(self.answers)

    def answers(self) -> bool:
        """Whether the server takes requests."""
        raise NotImplementedError

    def stop(self) -> None:
        """End the server in order."""
        self.process.stop()

    def kill(self) -> None:
        """End the server by SIGKILL."""
        self.process.kill()

    def restart(self) -> None:
        """Start again, on the same port and data; kills a running server first."""
        self.kill()
        self.start()

    def freeze(self) -> None:
        """The server stops answering, connections stay."""
        self.process.freeze()

    def thaw(self) -> None:
        """A frozen server goes on."""
        self.process.thaw()


def _version(folder: Path) -> int:
    return int(folder.parent.name)


class LocalPostgres(Server):
    """PostgreSQL from the system's packages; never run as root."""

    def __init__(self) -> None:
        self.folder, self.port = scratch("postgres"), free_port()
        self.url = self._url("postgres")
        self._bin = [str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version)[-1:]]
        self._user = "postgres" if os.geteuid() == 0 else None
        postgres = program("postgres", *self._bin)
        options = [f"port={self.port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={self.folder}"]
        options += ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300"]
        command = [postgres, "-D", str(self.folder / "data"), *(word for option in options for word in ("-c", option))]
        self.process = ServerProcess(command, self.folder / "log", user=self._user)

    def _url(self, database: str) -> str:
        return f"postgresql+psycopg://signet@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Make the cluster at the first start, then start."""
        if not (self.folder / "data").exists():
            self._initdb()
        super().start()

    def _initdb(self) -> None:
        if self._user:
            shutil.chown(self.folder, self._user)
        command = [program("initdb", *self._bin), "-D", str(self.folder / "data"), "-U", "signet", "-A", "trust"]
        command += ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        identity = {"user": self._user, "group": self._user, "extra_groups": []} if self._user else {}
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=self.folder, **identity)
        if done.returncode:
            raise CannotStart(f"initdb: {done.stderr}")

    def answers(self) -> bool:
        """Whether a query is answered."""
        try:
            with self.connect("postgres", connect_timeout=2) as connection:
                connection.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def connect(self, database: str, connect_timeout: int = 10) -> psycopg.Connection:
        """A superuser's autocommit connection."""
        plain = self._url(database).replace("+psycopg", "")
        return psycopg.connect(plain, autocommit=True, connect_timeout=connect_timeout)

    def stop(self) -> None:
        """Fast shutdown: open connections are ended."""
        self.process.stop(signal.SIGINT)

    def create_database(self, name: str) -> str:
        """Make an empty database, in place of one of that name; its SQLAlchemy URL."""
        with self.connect("postgres") as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{name}"')
        return self._url(name)


class LocalRabbit(Server):
    """RabbitMQ from the system's packages, with a node name, an epmd and folders of its own."""

    def __init__(self) -> None:
        self.folder, self.port, self._epmd_port = scratch("rabbit"), free_port(), free_port()
        self.url = f"amqp://guest:guest@127.0.0.1:{self.port}/"
        epmd = [program("epmd"), "-port", str(self._epmd_port), "-address", "127.0.0.1"]
        self._epmd = ServerProcess(epmd, self.folder / "epmd.log")
        server = program("rabbitmq-server", "/usr/lib/rabbitmq/bin")
        self.process = ServerProcess([server], self.folder / "log", env=self._environment())
        self._write_configuration()

    def _environment(self) -> dict[str, str]:
        names = {"LOG_BASE": "logs", "MNESIA_BASE": "data", "ENABLED_PLUGINS_FILE": "plugins", "CONFIG_FILE": "conf"}
        paths = {f"RABBITMQ_{name}": str(self.folder / file) for name, file in names.items()}
        return paths | {
            "HOME": str(self.folder),
            "ERL_EPMD_PORT": str(self._epmd_port),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": f"signet{self.port}@localhost",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_CONF_ENV_FILE": str(self.folder / "none"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 2:2 -kernel inet_dist_use_interface {127,0,0,1}",
        }

    def _write_configuration(self) -> None:
        limits = "disk_free_limit.absolute = 50MB\nvm_memory_high_watermark.absolute = 1GB\n"
        quiet = "log.console = true\nlog.console.level = warning\nlog.file = false\n"
        (self.folder / "conf.conf").write_text(f"listeners.tcp.1 = 127.0.0.1:{self.port}\n{limits}{quiet}")
        (self.folder / "plugins").write_text("[].")

    def start(self) -> None:
        """Start epmd and the broker; takes about ten seconds."""
        self._epmd.start(lambda: listens(self._epmd_port))
        super().start()

    def answers(self) -> bool:
        """Whether a client can log in."""
        if not listens(self.port):
            return False
        try:
            pika.BlockingConnection(pika.URLParameters(self.url + "?stack_timeout=3&socket_timeout=2")).close()
        except (pika.exceptions.AMQPError, AMQPConnectorException, OSError):
            return False
        return True

    def control(self, *words: str) -> None:
        """Run rabbitmqctl against this broker."""
        command = [program("rabbitmqctl", "/usr/lib/rabbitmq/bin"), *words]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, **self._environment()}, timeout=60)

    def stop(self) -> None:
        """End broker and epmd."""
        self.process.stop()
        self._epmd.kill()

    def kill(self) -> None:
        """SIGKILL to broker and epmd."""
        self.process.kill()
        self._epmd.kill()


class Moto(Server):
    """Stand-ins for AWS (moto) in a process of their own; ``url`` is their endpoint. Know any access key."""

    def __init__(self, name: str, *command: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = ServerProcess([*command, str(self.port)], scratch(name) / "log")

    def answers(self) -> bool:
        """Whether its home page answers."""
        try:
            with urllib.request.urlopen(self.url + "/moto-api/", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


class S3(Moto):
    """An S3 store."""

    def __init__(self) -> None:
        server = program("moto_server", str(Path(sys.executable).parent))
        super().__init__("s3", server, "-H", "127.0.0.1", "-p")


class Kms(Moto):
    """AWS KMS; what it held is gone when it ends."""

    def __init__(self) -> None:
        super().__init__("kms", sys.executable, str(Path(__file__).with_name("kms_standin.py")))


class SoftHsm:
    """A PKCS#11 token in software (SoftHSM), in a folder of its own that SOFTHSM2_CONF has to lead to."""

    module = next(
        (str(path) for path in Path("/usr/lib").glob("**/softhsm/libsofthsm2.so")),
        "/usr/local/lib/softhsm/libsofthsm2.so",
    )
    pin = "246810"

    def __init__(self) -> None:
        self.folder, self.label = scratch("softhsm"), f"signet {secrets.token_hex(4)}"
        (self.folder / "tokens").mkdir()
        self.configuration = self.folder / "softhsm2.conf"
        self.configuration.write_text(f"directories.tokendir = {self.folder / 'tokens'}\nlog.level = ERROR\n")
        self._initialise()

    def _initialise(self) -> None:
        command = [program("softhsm2-util"), "--init-token", "--free", "--label", self.label]
        command += ["--pin", self.pin, "--so-pin", "135791113"]
        environment = {**os.environ, "SOFTHSM2_CONF": str(self.configuration)}
        subprocess.run(command, check=True, capture_output=True, env=environment)

    def unplug(self) -> None:
        """Take the token away."""
        (self.folder / "tokens").rename(self.folder / "unplugged")

    def plug(self) -> None:
        """Give it back."""
        (self.folder / "unplugged").rename(self.folder / "tokens")


__all__ = ["S3", "Kms", "Postgres", "Rabbit", "Smtp", "SoftHsm"]
Postgres = PostgresContainer if IN_CONTAINERS else LocalPostgres
Rabbit = RabbitContainer if IN_CONTAINERS else LocalRabbit
