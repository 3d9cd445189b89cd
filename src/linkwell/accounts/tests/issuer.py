"""An OpenID Connect issuer on this computer, strict about everything the standard asks of a client."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID = "linkwell"
CLIENT_SECRET = "a secret of the test"
REDIRECT = "http://testserver/account/oidc/staff/login/callback/"


class Issuer:
    """`person` is who signs in next; `refusals` says what a client did wrong."""

    def __init__(self) -> None:
        self.person: dict[str, Any] = {}
        self.refusals: list[str] = []
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: dict[str, dict[str, Any]] = {}
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
        }

    def jwks(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": "one", "use": "sig", "alg": "RS256"}]}

    def authorize(self, asked: dict[str, str]) -> str | None:
        """Where to send the browser back to, or None with a refusal noted."""
        wanted = {
            "client_id": CLIENT_ID,
            "redirect_uri": REDIRECT,
            "response_type": "code",
            "code_challenge_method": "S256",
        }
        for name, value in wanted.items():
            if asked.get(name) != value:
                self.refusals.append(f"{name} was {asked.get(name)}")
                return None
        if "openid" not in asked.get("scope", "").split() or not asked.get("state") or not asked.get("code_challenge"):
            self.refusals.append("scope, state or code_challenge is missing")
            return None
        code = secrets.token_urlsafe()
        self.codes[code] = {"challenge": asked["code_challenge"]}
        return f"{REDIRECT}?{urlencode({'code': code, 'state': asked['state']})}"

    def exchange(self, given: dict[str, str]) -> dict[str, Any] | None:
        held = self.codes.pop(given.get("code", ""), None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(given.get("code_verifier", "").encode()).digest())
        if held is None or proof.rstrip(b"=").decode() != held["challenge"]:
            self.refusals.append("the code or its verifier is wrong")
            return None
        if (given.get("client_id"), given.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            self.refusals.append("the client did not prove itself")
            return None
        token, now = secrets.token_urlsafe(), int(time.time())
        self.tokens[token] = self.person
        claims = {"iss": self.url, "aud": CLIENT_ID, "sub": self.person["sub"], "iat": now, "exp": now + 300}
        signed = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "one"})
        return {"access_token": token, "token_type": "Bearer", "expires_in": 300, "id_token": signed}


def _handler(issuer: Issuer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            if address.path == "/.well-known/openid-configuration":
                self._json(issuer.discovery())
            elif address.path == "/jwks":
                self._json(issuer.jwks())
            elif address.path == "/authorize":
                back = issuer.authorize({name: values[0] for name, values in parse_qs(address.query).items()})
                self.send_response(302 if back else 400)
                if back:
                    self.send_header("Location", back)
                self.end_headers()
            elif address.path == "/userinfo":
                token = self.headers.get("Authorization", "").removeprefix("Bearer ")
                self._json(issuer.tokens.get(token))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._json(issuer.exchange({name: values[0] for name, values in parse_qs(body).items()}))

        def _json(self, answer: dict[str, Any] | None) -> None:
            self.send_response(400 if answer is None else 200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(answer or {"error": "invalid_request"}).encode())

        def log_message(self, format: str, *args: object) -> None:
            """Silence: a test says itself what went wrong."""

    return Handler


@contextmanager
def running() -> Iterator[Issuer]:
    issuer = Issuer()
    thread = threading.Thread(target=issuer.server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield issuer
    finally:
        issuer.server.shutdown()
        issuer.server.server_close()
        thread.join()
