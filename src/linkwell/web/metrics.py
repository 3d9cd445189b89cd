"""Numbers for whoever watches the installation: what waits, what failed, how old the oldest is. No personal data."""

from collections.abc import Iterator
from hmac import compare_digest

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from linkwell.core.worker import backlog
from linkwell.directory import sentences
from linkwell.web import config


class Backlog(Collector):
    """Read from the database when asked, so that every process says the same."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        now = backlog()
        yield GaugeMetricFamily("linkwell_outbox_waiting", "Work that waits.", value=now.waiting)
        yield GaugeMetricFamily("linkwell_outbox_held", "Work held since a restore.", value=now.held)
        yield GaugeMetricFamily("linkwell_outbox_failed", "Work that needs attention.", value=now.failed)
        yield GaugeMetricFamily("linkwell_outbox_oldest_seconds", "Age of the oldest work due.", value=now.oldest)
        yield GaugeMetricFamily("linkwell_audit_unsealed", "Audit rows without a seal yet.", value=now.unsealed)


BY_WORDS_ALONE = "finding goes by words alone: the sentence model's files are not the ones that were checked\n"
_registry = CollectorRegistry()
_registry.register(Backlog())


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Whether the program and its database answer, and what works less well than it should."""
    backlog()
    less = "" if sentences.files_are_right() else BY_WORDS_ALONE
    return HttpResponse(f"ok\n{less}", content_type="text/plain")


@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """For Prometheus, with the bearer token that was set; without one the page does not exist."""
    token = config.METRICS_TOKEN.value
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not compare_digest(given.encode(), token.encode()):
        raise Http404
    return HttpResponse(generate_latest(_registry), content_type=CONTENT_TYPE_LATEST)
