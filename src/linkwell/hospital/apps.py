from django.apps import AppConfig


class HospitalConfig(AppConfig):
    name = "linkwell.hospital"
    label = "hospital"
