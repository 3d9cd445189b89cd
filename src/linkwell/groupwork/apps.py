from django.apps import AppConfig


class GroupworkConfig(AppConfig):
    name = "linkwell.groupwork"
    label = "groupwork"
