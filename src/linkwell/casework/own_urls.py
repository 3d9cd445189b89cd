from linkwell.casework.views import own_time
from linkwell.core.routes import Open, route

# The address stands in messages that others may see: no word of it says what it is for.
app_name = "time"

BY_LINK = Open("Somebody sees their own appointment from the link in their message; the link itself is the key.")

urlpatterns = [
    route("<str:time_token>/", own_time.own, name="own", allow=BY_LINK),
    route("<str:time_token>/appointment.ics", own_time.file, name="file", allow=BY_LINK),
]
