from django.apps import AppConfig


class ShowcaseConfig(AppConfig):
    name = "linkwell.showcase"
    label = "showcase"
