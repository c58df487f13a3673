"""Prometheus metrics that every service has."""

from prometheus_client import Counter, Gauge, Histogram

OUTBOX_AGE = Gauge("signet_outbox_age_seconds", "Age of the oldest event that is not yet published", ["service"])
PUBLISHED = Counter("signet_events_published_total", "Events the relay has published", ["service"])
HANDLED = Counter("signet_events_handled_total", "Events handled, by outcome", ["service", "type", "outcome"])
PARKED = Gauge("signet_parked_messages", "Messages parked after their last try", ["service"])
REQUESTS = Histogram("signet_request_seconds", "Time to answer a request", ["service", "method", "endpoint", "status"])
LOOP_ERRORS = Counter("signet_loop_errors_total", "Failed turns of a loop", ["service", "loop"])
