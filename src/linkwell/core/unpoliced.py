"""The tables read before anybody's scope is known, each with the reason why it may have no row security.

They hold no personal data beyond the sign-in itself. A test fails on any other table without a policy.
"""

UNPOLICED = {
    "accounts_organisation": "public facts, shown on referral forms",
    "accounts_network": "which organisations work together is public",
    "accounts_networkmembership": "which organisations work together is public",
    "accounts_team": "public facts: name, hours, telephone",
    "accounts_teamrules": "public facts: ages, targets and numbers a team works by",
    "accounts_commissionertargets": "public facts: the targets a commissioner asks of a team",
    "accounts_user": "signing in",
    "accounts_membership": "signing in: which roles a user can act in",
    "accounts_invitation": "hash of a link, read before its holder has an account",
    "account_emailaddress": "signing in",
    "account_emailconfirmation": "signing in",
    "mfa_authenticator": "signing in: the second factor",
    "socialaccount_socialaccount": "signing in by OpenID Connect",
    "socialaccount_socialapp": "signing in by OpenID Connect",
    "socialaccount_socialtoken": "signing in by OpenID Connect",
    "django_session": "signing in",
    "onward_answerlink": "hash of a link, read before its holder is known",
    "onward_listlink": "hash of a link to a list of public places, read before its holder is known",
    "outcomes_ownlink": "hash of a link, read before its holder is known",
    "directory_listinglink": "hash of a link, read before its holder is known",
    "showcase_publishedrelease": "released cells that everybody may read, and nothing else",
    "core_installation": "facts about the database as a whole",
    "core_auditpending": "ids only: what the sealer has to do",
    "core_outboxevent": "ids only: what the worker has to do",
    "auth_permission": "made by the framework, not used",
    "auth_group": "made by the framework, not used",
    "auth_group_permissions": "made by the framework, not used",
    "django_content_type": "made by the framework",
}
