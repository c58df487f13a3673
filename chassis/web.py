"""The web application of a service: authentication, problems, idempotency, health, metrics around its blueprints."""

from __future__ import annotations

import logging
import re
import time
from typing import Any

from flask import Flask, Response, g, jsonify, request
from flask_smorest import Api
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.datastructures import Headers
from werkzeug.exceptions import HTTPException

from chassis import idempotency
from chassis.access import access, authenticate, demand_rules
from chassis.ids import new_key
from chassis.logs import request_id
from chassis.metrics import REQUESTS
from chassis.outbox import causation, correlation, traceparent
from chassis.problem import Problem, negotiate, unavailable
from chassis.service import Runtime, Service
from chassis.storage import Missing, StorageDown
from chassis.tokens import Kind
from chassis.validation import error_list

log = logging.getLogger(__name__)
MAX_JSON = 4 << 20
TRACE = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")  # W3C Trace Context §3.2
HTTP_CODES = {
    400: "bad_request", 404: "not_found", 405: "method_not_allowed", 413: "too_large",
    415: "unsupported_media_type", 422: "validation_failed",
}  # fmt: skip


def create_app(service: Service, runtime: Runtime) -> Flask:
    """The WSGI application of a running service; raises RuntimeError when a route does not say who may call it."""
    app = Flask(service.name, static_folder=None)
    app.config.update(
        API_TITLE=service.name, API_VERSION="v1", OPENAPI_VERSION="3.1.0", MAX_CONTENT_LENGTH=service.max_body,
        MAX_FORM_MEMORY_SIZE=1 << 20, PROPAGATE_EXCEPTIONS=False,
    )  # fmt: skip
    app.extensions["signet"] = runtime
    app.extensions["messages"] = service.messages
    api = Api(app)
    app.extensions["api"] = api
    for blueprint in service.blueprints:
        api.register_blueprint(blueprint)
    _add_health(app, runtime)
    if service.authenticate is None:
        _add_description(app, api)
    _add_hooks(app, service)
    _add_errors(app)
    demand_rules(app)
    return app


def _add_health(app: Flask, runtime: Runtime) -> None:
    @app.get("/healthz")
    def healthz() -> Any:
        return jsonify(status="alive")

    @app.get("/readyz")
    def readyz() -> Any:
        checks = {"database": runtime.db.ready(), "storage": runtime.storage.ready()}
        return jsonify(checks), 200 if all(checks.values()) else 503

    @app.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _add_description(app: Flask, api: Api) -> None:
    @app.get("/internal/openapi.json")
    @access(Kind.SERVICE, callers={"gateway"})
    def openapi() -> Any:
        return jsonify(api.spec.to_dict())


def _add_hooks(app: Flask, service: Service) -> None:
    @app.before_request
    def begin() -> Any:
        g.started = time.monotonic()
        _demand_whole_body()
        if request.is_json:
            request.max_content_length = min(service.max_body, MAX_JSON)
        g.language = negotiate(request.headers.get("Accept-Language"))
        told = request.headers if service.authenticate is None else Headers()
        identifier = told.get("X-Request-Id") or str(new_key())
        request_id.set(identifier)
        correlation.set(told.get("X-Correlation-Id") or identifier)
        causation.set(None)
        trace = request.headers.get("traceparent", "")
        traceparent.set(trace if TRACE.fullmatch(trace) else None)
        (service.authenticate or authenticate)()
        return idempotency.before()

    @app.after_request
    def end(response: Response) -> Response:
        response = idempotency.after(response)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["X-Request-Id"] = request_id.get() or ""
        spent = time.monotonic() - g.get("started", time.monotonic())
        labels = (service.name, request.method, request.endpoint or "none", str(response.status_code))
        REQUESTS.labels(*labels).observe(spent)
        return response


def _demand_whole_body() -> None:
    """Have a body that breaks off before its Content-Length be a 400; gunicorn would let it pass as a short one."""
    if request.content_length is not None:
        request.environ.pop("wsgi.input_terminated", None)


def _add_errors(app: Flask) -> None:
    app.register_error_handler(Problem, answer)
    app.register_error_handler(HTTPException, _from_http)
    for error in (OperationalError, PoolTimeout, StorageDown):
        app.register_error_handler(error, _away)
    app.register_error_handler(Missing, lambda error: answer(Problem(404, "not_found")))
    app.register_error_handler(IntegrityError, lambda error: answer(Problem(409, "conflict")))
    app.register_error_handler(DataError, lambda error: answer(Problem(422, "validation_failed")))
    nested_too_deep = Problem(400, "malformed_json")
    app.register_error_handler(RecursionError, lambda error: answer(nested_too_deep))
    app.register_error_handler(Exception, _unexpected)


def answer(problem: Problem) -> Response:
    """The problem as a response in the reader's language."""
    from flask import current_app

    document = problem.document(g.get("language", "en"), current_app.extensions["messages"])
    response = jsonify(document)
    response.status_code, response.content_type = problem.status, "application/problem+json"
    response.headers.update(problem.headers)
    return response


def _from_http(error: HTTPException) -> Response:
    status = error.code or 500
    if status == 400 and request.is_json:
        return answer(Problem(400, "malformed_json"))
    messages = getattr(error, "data", {}).get("messages", {}) if hasattr(error, "data") else {}
    extra = {"errors": error_list(messages, g.get("language", "en"))} if messages else {}
    allow = {"Allow": ", ".join(sorted(error.valid_methods or []))} if hasattr(error, "valid_methods") else {}
    return answer(Problem(status, HTTP_CODES.get(status, "bad_request"), headers=allow, **extra))


def _away(error: Exception) -> Response:
    log.warning("an outside part is away", exc_info=error)
    return answer(unavailable())


def _unexpected(error: Exception) -> Response:
    log.error("unexpected", exc_info=error)
    return answer(Problem(500, "internal_error"))
