from linkwell.core.drafts import KEEP_DRAFTS
from linkwell.core.routes import route
from linkwell.core.views import keep_draft

app_name = "core"
urlpatterns = [
    route("drafts/<slug:form>/<uuid:about>/", keep_draft, name="draft", allow=KEEP_DRAFTS),
]
