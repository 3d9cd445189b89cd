from linkwell.core import several_views
from linkwell.core.drafts import KEEP_DRAFTS
from linkwell.core.routes import route
from linkwell.core.saved import KEEP_LISTS
from linkwell.core.several import SEVERAL
from linkwell.core.views import keep_draft

app_name = "core"
urlpatterns = [
    route("drafts/<slug:form>/<uuid:about>/", keep_draft, name="draft", allow=KEEP_DRAFTS),
    route("lists/keep/", several_views.keep_list, name="keep_list", allow=KEEP_LISTS),
    route("lists/<uuid:list_id>/drop/", several_views.drop_list, name="drop_list", allow=KEEP_LISTS),
    route("several/<slug:kind>/", several_views.choose, name="several", allow=SEVERAL),
    route("several/done/<uuid:act_id>/", several_views.done, name="several_done", allow=SEVERAL),
    route("several/done/<uuid:act_id>/undo/", several_views.undo, name="several_undo", allow=SEVERAL),
]
