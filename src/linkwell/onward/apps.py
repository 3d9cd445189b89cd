from django.apps import AppConfig


class OnwardConfig(AppConfig):
    name = "linkwell.onward"
    label = "onward"
