"""This app's place in the menu."""

from django.conf import settings

from linkwell.core.navigation import nav_item
from linkwell.messaging.permissions import DEMO_SEE, SENT_SEE

nav_item("Messages sent", "messaging:sent", permission=DEMO_SEE if settings.DEMO else SENT_SEE, order=80)
