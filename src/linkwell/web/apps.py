from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig
from django.conf import settings

from linkwell.web import config, logs

ROOMS = (
    "permissions",
    "handlers",
    "navigation",
    "help",
    "periodic",
    "closing",
    "linking",
    "leavers",
    "attention",
    "unusual",
    "standing_in",
    "attaching",
)


class WebConfig(AppConfig):
    name = "linkwell.web"
    label = "web"

    def ready(self) -> None:
        """Begin logging, and import the rooms that register something: permissions, handlers of events, menu items."""
        logs.set_up(config.LOG.value)
        for app in settings.OUR_APPS:
            for room in ROOMS:
                if app != "linkwell.core" and find_spec(f"{app}.{room}"):
                    import_module(f"{app}.{room}")
