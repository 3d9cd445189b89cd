from django.apps import AppConfig


class JourneyConfig(AppConfig):
    name = "linkwell.journey"
    label = "journey"
