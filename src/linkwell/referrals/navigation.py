from linkwell.core.navigation import nav_item
from linkwell.referrals.permissions import READ_REFERRALS, REFER
from linkwell.tasks.subjects import page_of

nav_item("Triage", "referrals:triage", permission=READ_REFERRALS, order=20)
nav_item("Refer", "referrals:refer", permission=REFER, order=50)
nav_item("My referrals", "referrals:mine", permission=REFER, order=60)
page_of("referral", "referrals:referral")
page_of("referral_thread", "referrals:thread")
