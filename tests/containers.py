"""The same servers from container images, for machines with an engine: ``SIGNET_TEST_CONTAINERS=1``.

Needs a container engine that ``testcontainers`` can reach.
"""

from __future__ import annotations

from typing import Self

import pika
import pika.exceptions
import psycopg
from pika.adapters.utils.connection_workflow import AMQPConnectorException
from testcontainers.core.container import DockerContainer

from tests.processes import free_port
from tests.support import eventually


class ContainerServer:
    """One image on a fixed random port, so that a restart finds the same address and data."""

    url: str

    def __init__(self, image: str, inside: int) -> None:
        self.port = free_port()
        self.container = DockerContainer(image).with_bind_ports(inside, self.port)
        self._made = False

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.container.stop()

    def start(self) -> None:
        """Start and wait until the server answers."""
        if self._made:
            self.container.get_wrapped_container().start()
        else:
            self.container.start()
            self._made = True
        eventually(self.answers, timeout=120, every=0.2)

    def answers(self) -> bool:
        """Whether the server takes requests."""
        raise NotImplementedError

    def stop(self) -> None:
        """End the server in order; the data stays."""
        self.container.get_wrapped_container().stop()

    def kill(self) -> None:
        """SIGKILL."""
        self.container.get_wrapped_container().kill()

    def restart(self) -> None:
        """Kill and start on the same port and data."""
        self.kill()
        self.start()

    def freeze(self) -> None:
        """The server stops answering, connections stay."""
        self.container.get_wrapped_container().pause()

    def thaw(self) -> None:
        """A frozen server goes on."""
        self.container.get_wrapped_container().unpause()


class PostgresContainer(ContainerServer):
    """PostgreSQL 17."""

    def __init__(self) -> None:
        super().__init__("postgres:17", 5432)
        self.container.with_env("POSTGRES_USER", "signet").with_env("POSTGRES_HOST_AUTH_METHOD", "trust")
        self.url = self._url("postgres")

    def _url(self, database: str) -> str:
        return f"postgresql+psycopg://signet@127.0.0.1:{self.port}/{database}"

    def connect(self, database: str, connect_timeout: int = 10) -> psycopg.Connection:
        """A superuser's autocommit connection."""
        plain = self._url(database).replace("+psycopg", "")
        return psycopg.connect(plain, autocommit=True, connect_timeout=connect_timeout)

    def answers(self) -> bool:
        """Whether a query is answered."""
        try:
            with self.connect("postgres", connect_timeout=2) as connection:
                connection.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def create_database(self, name: str) -> str:
        """Make an empty database, in place of one of that name; its SQLAlchemy URL."""
        with self.connect("postgres") as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{name}"')
        return self._url(name)


class RabbitContainer(ContainerServer):
    """RabbitMQ 4."""

    def __init__(self) -> None:
        super().__init__("rabbitmq:4", 5672)
        self.container.with_kwargs(hostname="signet-rabbit")
        self.url = f"amqp://guest:guest@127.0.0.1:{self.port}/"

    def answers(self) -> bool:
        """Whether a client can log in."""
        try:
            pika.BlockingConnection(pika.URLParameters(self.url + "?stack_timeout=3&socket_timeout=2")).close()
        except (pika.exceptions.AMQPError, AMQPConnectorException, OSError):
            return False
        return True

    def control(self, *words: str) -> None:
        """Run rabbitmqctl against this broker."""
        code, output = self.container.exec(["rabbitmqctl", *words])
        assert code == 0, output
