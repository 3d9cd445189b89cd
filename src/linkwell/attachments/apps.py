from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    name = "linkwell.attachments"
    label = "attachments"
