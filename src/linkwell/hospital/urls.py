from linkwell.core.routes import route
from linkwell.hospital.permissions import (
    LOOK_AFTER_FEEDS,
    PLAN_GOING_HOME,
    SAY_NOT_SUITABLE,
    SEE_CANDIDATES,
    SEE_NUMBERS,
    SET_RULES,
)
from linkwell.hospital.views import board, candidates, feeds, follow_ups, going_home, here, lists, numbers, programmes

app_name = "hospital"
CANDIDATE = "people/<uuid:candidate_id>/"
STAY = "stays/<uuid:stay_id>/"
PROGRAMME = "programmes/<uuid:programme_id>/"
HERE = "here/<uuid:patient_id>/"
FOLLOW_UP = "follow-ups/<uuid:follow_up_id>/"

urlpatterns = [
    route("feeds/", feeds.feeds, name="feeds", allow=LOOK_AFTER_FEEDS),
    route("feeds/activity/", feeds.activity, name="activity", allow=LOOK_AFTER_FEEDS),
    route("feeds/of/<uuid:feed_id>/", lists.feed, name="feed", allow=LOOK_AFTER_FEEDS),
    route("feeds/of/<uuid:feed_id>/end/", lists.end, name="end_feed", allow=LOOK_AFTER_FEEDS),
    route("feeds/of/<uuid:feed_id>/again/", lists.get_again, name="feed_again", allow=LOOK_AFTER_FEEDS),
    route("feeds/of/<uuid:feed_id>/take-in/", feeds.take_all, name="take_all_in", allow=LOOK_AFTER_FEEDS),
    route("feeds/lists/<uuid:list_run_id>/", lists.list_run, name="list_run", allow=LOOK_AFTER_FEEDS),
    route("feeds/lists/<uuid:list_run_id>/load/", lists.load, name="load_held_list", allow=LOOK_AFTER_FEEDS),
    route("feeds/lists/<uuid:list_run_id>/throw-away/", lists.throw, name="throw_list_away", allow=LOOK_AFTER_FEEDS),
    route("feeds/<uuid:inbound_id>/", feeds.inbound, name="inbound", allow=LOOK_AFTER_FEEDS),
    route("feeds/<uuid:inbound_id>/<slug:how>/", feeds.again, name="inbound_again", allow=LOOK_AFTER_FEEDS),
    route("people/", candidates.candidates, name="candidates", allow=SEE_CANDIDATES),
    route(f"{CANDIDATE}offer/", candidates.offer, name="candidate_offer", allow=SEE_CANDIDATES),
    route(f"{CANDIDATE}refer/", candidates.refer, name="candidate_refer", allow=SEE_CANDIDATES),
    route(f"{CANDIDATE}asked-not/", candidates.ask_not, name="candidate_ask_not", allow=SEE_CANDIDATES),
    route(f"{CANDIDATE}put-back/", candidates.put_back, name="candidate_put_back", allow=SEE_CANDIDATES),
    route(f"{CANDIDATE}not-now/", candidates.not_suitable, name="candidate_not_suitable", allow=SAY_NOT_SUITABLE),
    route("here/", here.here, name="here", allow=SEE_CANDIDATES),
    route(f"{HERE}asked-not/", here.ask_not, name="here_ask_not", allow=SEE_CANDIDATES),
    route(f"{HERE}asked-not/end/", here.may_ask_again, name="here_may_ask_again", allow=SEE_CANDIDATES),
    route("restricted/", candidates.restricted, name="restricted", allow=SAY_NOT_SUITABLE),
    route(
        "restricted/<uuid:restricted_id>/", candidates.restricted_refer, name="restricted_refer", allow=SAY_NOT_SUITABLE
    ),
    route("going-home/", board.board, name="board", allow=PLAN_GOING_HOME),
    route("going-home/wall/", board.wall, name="wall", allow=PLAN_GOING_HOME),
    route(STAY, going_home.stay, name="stay", allow=PLAN_GOING_HOME),
    route(f"{STAY}list/", going_home.home_list, name="home_list", allow=PLAN_GOING_HOME),
    route(f"{STAY}asked-alone/", going_home.asked_alone, name="asked_alone", allow=PLAN_GOING_HOME),
    route(f"{STAY}community/", going_home.community_help, name="community_help", allow=PLAN_GOING_HOME),
    route(f"{STAY}community/untick/", going_home.no_community_help, name="no_community_help", allow=PLAN_GOING_HOME),
    route(f"{STAY}asked-not/", going_home.ask_not, name="stay_ask_not", allow=SEE_CANDIDATES),
    route(f"{STAY}asked-not/end/", going_home.may_ask_again, name="stay_may_ask_again", allow=SEE_CANDIDATES),
    route(f"{STAY}met/", going_home.home_event, name="home_event", allow=PLAN_GOING_HOME),
    route(f"{STAY}refer/", going_home.refer, name="stay_refer", allow=PLAN_GOING_HOME),
    route(f"{STAY}programme/", programmes.take_on, name="take_on", allow=PLAN_GOING_HOME),
    route("follow-ups/", follow_ups.follow_ups_due, name="follow_ups", allow=PLAN_GOING_HOME),
    route(f"{FOLLOW_UP}done/", follow_ups.finish_follow_up, name="finish_follow_up", allow=PLAN_GOING_HOME),
    route(f"{FOLLOW_UP}again/", follow_ups.reopen_follow_up, name="reopen_follow_up", allow=PLAN_GOING_HOME),
    route(f"{FOLLOW_UP}not-needed/", follow_ups.withdraw_follow_up, name="withdraw_follow_up", allow=PLAN_GOING_HOME),
    route(f"{FOLLOW_UP}give/", follow_ups.give_follow_up, name="give_follow_up", allow=PLAN_GOING_HOME),
    route("programmes/", programmes.programmes, name="programmes", allow=PLAN_GOING_HOME),
    route("programmes/set-up/", programmes.set_up, name="set_up_programme", allow=PLAN_GOING_HOME),
    route(PROGRAMME, programmes.programme, name="programme", allow=PLAN_GOING_HOME),
    route(f"{PROGRAMME}change/", programmes.change, name="change_programme", allow=PLAN_GOING_HOME),
    route(f"{PROGRAMME}take-off/<uuid:stay_id>/", programmes.take_off, name="take_off", allow=PLAN_GOING_HOME),
    route("numbers/", numbers.trust, name="trust", allow=SEE_NUMBERS),
    route("rules/", numbers.rules, name="rules", allow=SEE_NUMBERS),
    route("rules/own/", numbers.own_rule, name="own_rule", allow=SET_RULES),
    route("rules/<slug:rule>/remove/", numbers.remove_rule, name="remove_rule", allow=SET_RULES),
    route("rules/<slug:rule>/", numbers.one_rule, name="rule", allow=SET_RULES),
]
