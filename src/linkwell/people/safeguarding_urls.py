"""The safeguarding lead's queue."""

from linkwell.core.routes import route
from linkwell.people.permissions import CONCERN_HANDLE
from linkwell.people.views import concerns

app_name = "safeguarding"
urlpatterns = [
    route("", concerns.queue, name="queue", allow=CONCERN_HANDLE),
    route("<uuid:concern_id>/", concerns.concern, name="concern", allow=CONCERN_HANDLE),
    route("<uuid:concern_id>/<slug:name>/", concerns.step, name="step", allow=CONCERN_HANDLE),
]
