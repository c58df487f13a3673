"""One world for all stories of this folder, and an agreement with a table and one with cross-reference streams."""

import pytest

from tests.documents.archive import World
from tests.documents.verification.files import Genuine, genuine


@pytest.fixture(scope="session")
def world() -> World:
    return World()


@pytest.fixture(scope="session", params=["table", "stream"])
def case(request: pytest.FixtureRequest, world: World, tmp_path_factory: pytest.TempPathFactory) -> Genuine:
    return genuine(tmp_path_factory.mktemp(request.param), world, stream=request.param == "stream")
