from linkwell.core.routes import route
from linkwell.impact import views
from linkwell.impact.permissions import SAY_LIST_SIZES, SEE_REPORT, SIGN_MONTH

app_name = "impact"
urlpatterns = [
    route("", views.home, name="home", allow=SEE_REPORT),
    route("months/", views.months, name="months", allow=SEE_REPORT),
    route("list-sizes/", views.sizes, name="sizes", allow=SAY_LIST_SIZES),
    route("list-sizes/<uuid:size_id>/remove/", views.remove_size, name="remove_size", allow=SAY_LIST_SIZES),
    route("<str:month>/", views.month, name="month", allow=SEE_REPORT),
    route("<str:month>/report.csv", views.month_csv, name="month_csv", allow=SEE_REPORT),
    route("<str:month>/report.pdf", views.month_pdf, name="month_pdf", allow=SEE_REPORT),
    route("<str:month>/sign-off/", views.sign_off, name="sign_off", allow=SIGN_MONTH),
    route("<str:month>/by/<str:by>/", views.compared, name="compared", allow=SEE_REPORT),
    route("<str:month>/<str:number>/", views.behind, name="behind", allow=SEE_REPORT),
    route("<str:month>/<str:number>/list.csv", views.behind_csv, name="behind_csv", allow=SEE_REPORT),
]
