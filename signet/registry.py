"""The services of the suite, by name."""

from __future__ import annotations

from importlib import import_module

from chassis.service import Service

MODULES = {
    "identity": "services.identity.app",
    "workspace": "services.workspace.app",
    "agreement": "services.agreement.app",
    "signing": "services.signing.app",
    "seal": "services.seal.app",
    "billing": "services.billing.app",
    "notify": "services.notify.app",
    "gateway": "gateway.app",
}


def load_service(name: str) -> Service:
    """The composition of one service; raises KeyError for an unknown name."""
    service: Service = import_module(MODULES[name]).service
    return service
