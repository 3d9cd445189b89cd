"""The setting of staff sign-in by OpenID Connect."""

from typing import Any


def openid_connect(
    *,
    issuer: str,
    client_id: str,
    secret: str,
    name: str,
    scope: str = "openid profile email",
    acr: str = "",
    trust_email: bool = False,
) -> dict[str, Any]:
    """What the sign-in package wants to know. Without an issuer nobody can sign in this way.

    `acr` is the strength asked for (NHS CIS2: AAL3_ANY); `trust_email` is for an issuer that checks every
    address and does not say so in its answers.
    """
    app = {
        "provider_id": "staff",
        "name": name,
        "client_id": client_id,
        "secret": secret,
        "settings": {"server_url": issuer, "verified_email": trust_email},
    }
    return {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "SCOPE": scope.split(),
            "AUTH_PARAMS": {"acr_values": acr} if acr else {},
            "APPS": [app] if issuer else [],
        }
    }
