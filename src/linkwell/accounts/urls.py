from linkwell.accounts.views import sign_in
from linkwell.core.routes import Open, SignedIn, route

app_name = "accounts"

urlpatterns = [
    route("switch/", sign_in.switch, name="switch", allow=SignedIn()),
    route(
        "second-step/",
        sign_in.second_step,
        name="second_step",
        allow=Open("Setting up the second step, which everything else waits for; it asks for sign-in itself."),
    ),
    route(
        "demo/",
        sign_in.demo_sign_in,
        name="demo",
        allow=Open("One-click sign-in, absent except in a demonstration on this computer."),
    ),
    route(
        "demo/<uuid:user_id>/",
        sign_in.demo_sign_in_as,
        name="demo_sign_in",
        allow=Open("One-click sign-in, absent except in a demonstration on this computer."),
    ),
]
