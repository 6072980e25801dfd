"""An OpenID provider for development and tests, with the addresses and claims of ACM/IDM. It can misbehave on purpose.

Never in production: it believes whoever clicks on a name.
"""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from joserfc import jws, jwt
from joserfc.jwk import RSAKey
from markupsafe import escape

CLIENT_ID, CLIENT_SECRET = "wida-fake", "only-for-development-and-tests"
ITSME = "urn:be:vlaanderen:authmech:itsme"


def person(
    subject: str, given: str, family: str, code: str, *roles: str, group: str = "EA"
) -> dict[str, Any]:
    """The claims of somebody at one organisation."""
    return {
        "sub": subject,
        "given_name": given,
        "family_name": family,
        "vo_doelgroepcode": group,
        "vo_orgcode": code,
        "wida_rol_3d": [f"WIDAGebruiker-{role}:{code}" for role in roles],
    }


class Provider:
    """Runs on a port of 127.0.0.1 of its own. `trick` says how the next answers are forged; `seen` what was asked."""

    def __init__(self, people: list[dict[str, Any]], *, port: int = 0, choose: bool = False):
        if settings.PRODUCTION:
            raise ImproperlyConfigured("the fake provider believes anybody: it does not run in production")
        self.people, self.choose, self.trick, self.kid = people, choose, "", "one"
        self.key, self.other_key = (RSAKey.generate_key(2048, {"kid": kid}) for kid in ("one", "two"))
        self.codes: dict[str, dict[str, Any]] = {}
        self.seen: list[dict[str, str]] = []
        self.hang = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.server.provider = self  # type: ignore[attr-defined]
        self.server.daemon_threads = True
        self.issuer = f"http://127.0.0.1:{self.server.server_port}/op"

    def __enter__(self) -> "Provider":
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()
        return self

    def __exit__(self, *exception) -> None:
        self.hang.set()
        self.server.shutdown()
        self.server.server_close()

    def settings(self) -> dict[str, Any]:
        """What `WIDA_PROVIDER` says to sign in here."""
        return settings.WIDA_PROVIDER | {
            "issuer": self.issuer, "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET,
        }  # fmt: skip

    # What it answers --------------------------------------------------------------------------------------

    def metadata(self) -> dict[str, Any]:
        told = {
            "issuer": self.issuer
            if self.trick != "metadata of another issuer"
            else "https://elders.example/op",
            "authorization_endpoint": f"{self.issuer}/v1/auth",
            "token_endpoint": f"{self.issuer}/v1/token",
            "jwks_uri": f"{self.issuer}/v1/keys",
            "end_session_endpoint": f"{self.issuer}/v1/logout",
            # Said to be allowed: that must not matter.
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        }
        if self.trick.startswith("userinfo"):
            told["userinfo_endpoint"] = f"{self.issuer}/v1/userinfo"
        return told

    def authorize(self, asked: dict[str, str], who: dict[str, Any]) -> str:
        """Notes the request under a code, and where to send the browser with it."""
        self.seen.append(asked)
        code = secrets.token_urlsafe(24)
        self.codes[code] = {"asked": asked, "who": who}
        back = {"code": code, "state": asked.get("state", ""), "iss": self.issuer}
        if self.trick == "wrong state":
            back["state"] = secrets.token_urlsafe(24)
        if self.trick == "answer of another issuer":
            back["iss"] = "https://elders.example/op"
        if self.trick == "cancelled":
            back = {"error": "access_denied", "state": back["state"]}
        return f"{asked['redirect_uri']}?{urlencode(back)}"

    def token(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """A code is good once, for who can show the verifier of its challenge."""
        flow = self.codes.pop(form.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if flow is None or challenge.decode().rstrip("=") != flow["asked"].get("code_challenge"):
            return 400, {"error": "invalid_grant"}
        answer = {"access_token": secrets.token_urlsafe(24), "token_type": "Bearer", "expires_in": 3600}
        self.userinfo_of = flow["who"]
        if self.trick != "no id token":
            answer["id_token"] = self._id_token(flow)
        return 200, answer

    def _id_token(self, flow: dict[str, Any]) -> str:
        claims = self._claims(flow)
        header, key = {"alg": "RS256", "kid": self.kid}, self.key
        match self.trick:
            case "unsigned":
                return f"{_encoded({'alg': 'none'})}.{_encoded(claims)}."
            case "signed with the public key":
                text = f"{_encoded({'alg': 'HS256', 'kid': 'one'})}.{_encoded(claims)}"
                digest = hmac.digest(self.key.as_pem(private=False), text.encode(), "sha256")
                return f"{text}.{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"
            case "wrong signature":
                key = self.other_key
            case "altered":
                head, _, signature = jwt.encode(header, claims, key).split(".")
                return f"{head}.{_encoded(claims | {'sub': 'somebody-else'})}.{signature}"
            case "unknown key":
                header, key = {"alg": "RS256", "kid": "two"}, self.other_key
            case "key elsewhere":
                header = {"alg": "RS256", "kid": "two", "jku": f"{self.issuer}/v1/other-keys",
                          "x5u": f"{self.issuer}/v1/other-keys"}  # fmt: skip
                key = self.other_key
            case "key inside":
                header = {"alg": "RS256", "kid": "one", "jwk": self.other_key.as_dict(private=False)}
                key = self.other_key
            case "not a token":
                return "niet.een.token"
        signed = {**header, "typ": "JWT"}
        return jws.serialize_compact(signed, json.dumps(claims), key, registry=_ANY_HEADER)

    def _claims(self, flow: dict[str, Any]) -> dict[str, Any]:
        asked, now = flow["asked"], int(time.time())
        claims = {
            "iss": self.issuer, "aud": CLIENT_ID, "azp": CLIENT_ID, "iat": now, "exp": now + 3600,
            "nonce": asked.get("nonce"), "acr": asked.get("acr_values", "").split(" ")[0], "auth_time": now,
            **flow["who"],
        }  # fmt: skip
        if self.trick.startswith("userinfo"):
            claims = {name: value for name, value in claims.items() if not name.startswith(("vo_", "wida_"))}
        changes = {
            "wrong audience": {"aud": "another-client", "azp": "another-client"},
            "one audience too many": {"aud": [CLIENT_ID, "another-client"], "azp": "another-client"},
            "wrong issuer": {"iss": "https://elders.example/op"},
            "expired": {"iat": now - 7200, "exp": now - 3600},
            "never expires": {"exp": None},
            "made in the future": {"iat": now + 3600, "exp": now + 7200},
            "nonce missing": {"nonce": None},
            "nonce replayed": {"nonce": self.seen[0].get("nonce")},
            "weak acr": {"acr": "urn:be:vlaanderen:authmech:csampassword"},
            "acr missing": {"acr": None},
            "subject missing": {"sub": None},
            "old proof": {"auth_time": now - 3600},
            "no proof time": {"auth_time": None},
            "citizen": {"vo_doelgroepcode": "BUR"},
        }  # fmt: skip
        claims |= changes.get(self.trick, {})
        return {name: value for name, value in claims.items() if value is not None}

    def userinfo(self) -> dict[str, Any]:
        told = dict(self.userinfo_of)
        return told | ({"sub": "somebody-else"} if self.trick == "userinfo of somebody else" else {})


def _encoded(data: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(data).encode()).decode().rstrip("=")


_ANY_HEADER = jws.JWSRegistry(algorithms=["RS256"], strict_check_header=False)


class Handler(BaseHTTPRequestHandler):
    """One request to the provider of `self.server`."""

    @property
    def provider(self) -> Provider:
        return self.server.provider  # type: ignore[attr-defined]

    def log_message(self, *arguments) -> None:
        """Says nothing: what was asked stands in `seen`."""

    def do_GET(self):
        address = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        pages = {
            "/.well-known/openid-configuration": lambda: self._json(200, self.provider.metadata()),
            "/v1/auth": lambda: self._authorize(query, address.query),
            "/v1/keys": lambda: self._json(200, _published(self.provider.key)),
            "/v1/other-keys": lambda: self._json(200, _published(self.provider.other_key)),
            "/v1/userinfo": lambda: self._json(200, self.provider.userinfo()),
            "/v1/logout": lambda: self._logout(query),
        }
        path = address.path.removeprefix("/op")
        if path == "/v1/other-keys":
            self.provider.seen.append({"other-keys": "asked"})
        pages.get(path, lambda: self._json(404, {}))()

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        if self.headers.get("Authorization") != _basic(CLIENT_ID, CLIENT_SECRET):
            return self._json(401, {"error": "invalid_client"})
        match self.provider.trick:
            case "hangs":
                return self.provider.hang.wait(60)
            case "moved":
                return self._redirect(f"{self.provider.issuer}/v1/elsewhere", 307)
            case "broken":
                return self._json(500, {})
        form = {name: values[0] for name, values in parse_qs(body).items()}
        return self._json(*self.provider.token(form), drip=self.provider.trick == "drips")

    def _authorize(self, query: dict[str, str], asked: str):
        """The demo's visitor chooses who they are; a test is the first of the list."""
        if self.provider.choose and "who" not in query:
            return self._send(200, "text/html; charset=utf-8", _choice(self.provider.people, asked).encode())
        who = self.provider.people[int(query.pop("who", "0"))]
        return self._redirect(self.provider.authorize(query, who))

    def _logout(self, query: dict[str, str]):
        self.provider.seen.append({"logout": "1", **query})
        self._redirect(query["post_logout_redirect_uri"])

    def _json(self, status: int, data: dict[str, Any], *, drip: bool = False):
        self._send(status, "application/json", json.dumps(data).encode(), drip=drip)

    def _redirect(self, to: str, status: int = 302):
        self._send(status, "text/plain", b"", to=to)

    def _send(self, status: int, kind: str, body: bytes, *, to: str = "", drip: bool = False):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if to:
            self.send_header("Location", to)
        self.end_headers()
        for part in [body[place : place + 1] for place in range(len(body))] if drip else [body]:
            if drip and self.provider.hang.wait(0.2):
                return
            self.wfile.write(part)
            self.wfile.flush()


def _published(key: RSAKey) -> dict[str, Any]:
    return {"keys": [key.as_dict(private=False)]}


def _choice(people: list[dict[str, Any]], query: str) -> str:
    links = "".join(
        f'<li><a href="?{escape(query)}&amp;who={place}">{escape(who["given_name"])} {escape(who["family_name"])}, '
        f"{escape(who['vo_orgcode'])}, {escape(', '.join(who['wida_rol_3d']))}</a></li>"
        for place, who in enumerate(people)
    )
    return f"<!doctype html><title>Fake provider</title><h1>Fake provider: who are you?</h1><ul>{links}</ul>"


def _basic(name: str, secret: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()
