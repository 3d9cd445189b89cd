"""Messages sent, and those that did not go."""

from django.conf import settings
from django.views.decorators.http import require_POST

from linkwell.core.routes import route
from linkwell.messaging import views
from linkwell.messaging.permissions import DEMO_SEE, SENT_DECIDE, SENT_SEE

app_name = "messaging"
urlpatterns = [
    route("", views.sent, name="sent", allow=DEMO_SEE if settings.DEMO else SENT_SEE),
    route("<uuid:message_id>/", views.message, name="message", allow=SENT_DECIDE),
    route("<uuid:message_id>/<slug:name>/", require_POST(views.decide), name="decide", allow=SENT_DECIDE),
]
