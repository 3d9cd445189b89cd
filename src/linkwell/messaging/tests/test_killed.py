"""A worker killed with kill -9 while it sends: the message arrives once or not at all, and a person is told."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from pytest_django.fixtures import Settings

from linkwell.core import worker
from linkwell.kernel import clock
from linkwell.messaging import queries
from linkwell.messaging.tests.servers import mail_server
from linkwell.messaging.tests.test_delivery import an_email, row
from tests.place import Place

ROOT = Path(__file__).parents[4]


@pytest.mark.fault("F3")
@pytest.mark.parametrize(("where", "arrived"), [("before", 0), ("after", 1), ("during", 1)])
def test_at_most_one_delivery_whenever_the_worker_dies(
    place_committed: Place, own_database: str, settings: Settings, where: str, arrived: int
) -> None:
    settings.DEMO = False
    message_id = an_email(place_committed)
    with mail_server() as (post, port):
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
        environment = os.environ | {
            "LINKWELL_DEMO": "0",
            "LINKWELL_SMTP_HOST": "127.0.0.1",
            "LINKWELL_SMTP_PORT": str(port),
            "LINKWELL_SMTP_TLS": "0",
        }
        killed = subprocess.run(
            [sys.executable, "-m", "linkwell.messaging.tests.killed_worker", own_database, where],
            cwd=ROOT,
            env=environment,
            timeout=60,
            check=False,
        )
        assert killed.returncode == -signal.SIGKILL
        assert row(place_committed, message_id).state == "sending"
        assert worker.work_off() == 0, "the dead worker's lease still stands"
        with time_machine.travel(clock.now() + worker.LEASE + timedelta(seconds=1)):
            worker.work_off()
            worker.work_off()
        assert len(post.mails) == arrived
    assert row(place_committed, message_id).state == "unknown"
    (waiting,) = queries.sent_messages(place_committed.lead.scope, needs_attention=True)
    assert waiting.id == message_id
