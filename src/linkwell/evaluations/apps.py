from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    name = "linkwell.evaluations"
    label = "evaluations"
