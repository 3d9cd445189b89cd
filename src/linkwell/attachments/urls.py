"""Files: open one, take it off, put it back."""

from linkwell.attachments import views
from linkwell.attachments.permissions import OPEN_FILES, TAKE_OFF
from linkwell.core.routes import route

app_name = "attachments"
urlpatterns = [
    route("<uuid:attachment_id>/", views.open_file, name="open", allow=OPEN_FILES),
    route("<uuid:attachment_id>/take-off/", views.take_off, name="take_off", allow=TAKE_OFF),
    route("<uuid:attachment_id>/put-back/", views.put_back, name="put_back", allow=TAKE_OFF),
]
