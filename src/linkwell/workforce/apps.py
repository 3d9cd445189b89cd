from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    name = "linkwell.workforce"
    label = "workforce"
