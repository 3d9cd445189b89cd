from linkwell.core.routes import route
from linkwell.tasks import views
from linkwell.tasks.permissions import DO_TASKS, SEE_TASKS

app_name = "tasks"
urlpatterns = [
    route("", views.task_list, name="list", allow=SEE_TASKS),
    route("<uuid:task_id>/take/", views.take, name="take", allow=DO_TASKS),
    route("<uuid:task_id>/seen/", views.seen, name="seen", allow=DO_TASKS),
    route("<uuid:task_id>/done/", views.finish, name="finish", allow=DO_TASKS),
    route("<uuid:task_id>/reopen/", views.reopen, name="reopen", allow=DO_TASKS),
]
