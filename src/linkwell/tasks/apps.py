from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "linkwell.tasks"
    label = "tasks"
