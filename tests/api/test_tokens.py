"""Who may come in at the addresses for systems: the token of the configured issuer, and no other."""

import base64
import hmac
import json
import time

from django.test import Client

from tests import cast
from tests.addresses import NOTHING, of_systems
from tests.api.systems import ADDRESS, ASKED, CAW, POLICE, REQUESTS, System, report, token
from wida.accounts.models import Membership, User
from wida.api import middleware, senders, tokens
from wida.api.models import PoliceReport
from wida.audit.models import Event


def call(bearer: str, address: str = f"{ADDRESS}/P-2026-XXXX-XXXX"):
    return Client().get(address, headers={"Authorization": bearer} if bearer else {})


def encoded(data: dict) -> str:
    return base64.urlsafe_b64encode(json.dumps(data).encode()).decode().rstrip("=")


def forged(issuer, how: str) -> str:
    now = int(time.time())
    right = token(issuer)
    head, body, signature = right.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    match how:
        case "signed by another":
            return token(issuer, key=issuer.other_key)
        case "unknown key":
            return token(issuer, key=issuer.other_key, header={"kid": "two"})
        case "key inside":
            public = issuer.other_key.as_dict(private=False)
            text = f"{encoded({'alg': 'RS256', 'kid': 'one', 'jwk': public})}.{body}"
            return f"{text}.{signature}"
        case "altered":
            return f"{head}.{encoded(claims | {'sub': CAW})}.{signature}"
        case "unsigned":
            return f"{encoded({'alg': 'none'})}.{body}."
        case "signed with the public key":
            text = f"{encoded({'alg': 'HS256', 'kid': 'one'})}.{body}"
            digest = hmac.digest(issuer.key.as_pem(private=False), text.encode(), "sha256")
            return f"{text}.{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"
        case "not a token":
            return "niet.een.token"
        case "not an object":
            return f"{head}.{base64.urlsafe_b64encode(b'[1]').decode()}.{signature}"
    changes = {
        "another audience": {"aud": "another"},
        "no audience": {"aud": None},
        "another issuer": {"iss": "https://elders.example/op"},
        "expired": {"iat": now - 7200, "exp": now - 3600},
        "never expires": {"exp": None},
        "not yet": {"nbf": now + 3600},
        "nobody": {"sub": None},
        "odd subject": {"sub": ["a"]},
        "odd scope": {"scope": {"a": 1}},
    }
    return token(
        issuer, **({"subject": POLICE} | changes[how]) if "sub" not in changes[how] else changes[how]
    )


REFUSED = {
    "signed by another": "token_bad_signature",
    "altered": "token_bad_signature",
    "key inside": "token_bad_signature",
    "not an object": None,
    "unknown key": "token_invalid_key_id",
    "unsigned": "token_unsupported_algorithm",
    "signed with the public key": "token_unsupported_algorithm",
    "not a token": "token_decode_error",
    "another audience": "claim_aud",
    "no audience": "claim_aud",
    "another issuer": "claim_iss",
    "expired": "token_expired",
    "never expires": "claim_exp",
    "not yet": None,
    "nobody": "claim_sub",
    "odd subject": None,
    "odd scope": "claim_scope",
}


def test_no_forged_token_lets_anybody_in(issuer):
    told = {}
    for how in REFUSED:
        answer = call(f"Bearer {forged(issuer, how)}")
        told[how] = (answer.status_code, answer.json()["code"] if REFUSED[how] else None)
        assert answer["WWW-Authenticate"].startswith("Bearer")

    assert told == {how: (401, code) for how, code in REFUSED.items()}
    assert Event.objects.filter(action="refused", user=None).count() == len(REFUSED)
    for header in ("", "Bearer", "Basic abc", f"Token {token(issuer)}"):
        assert (call(header).status_code, call(header).json()["code"]) == (401, "no_token")
    assert call(f"Bearer {token(issuer)}").status_code == 404


def test_a_token_for_something_else_is_not_enough(issuer):
    answer = System(issuer, scope=REQUESTS).post(report())

    assert (answer.status_code, answer.json()["code"]) == (403, "scope")
    assert not PoliceReport.objects.exists()


def test_a_system_that_nobody_connected_or_that_was_ended_is_refused(issuer):
    stranger = System(issuer, "elders").post(report())
    senders.disconnect(subject=POLICE)
    ended = System(issuer).post(report())

    assert [(answer.status_code, answer.json()["code"]) for answer in (stranger, ended)] == [
        (403, "unknown_system"),
        (403, "unknown_system"),
    ]


def test_the_issuer_changes_its_key_and_is_not_asked_for_each_unknown_one(issuer):
    assert call(f"Bearer {token(issuer)}").status_code == 404
    issuer.key, issuer.kid = type(issuer.key).generate_key(2048, {"kid": "three"}), "three"
    fetched = tokens._known.at
    assert call(f"Bearer {token(issuer)}").status_code == 401  # asked a moment ago

    tokens._known.asked -= tokens.AGAIN_SECONDS + 1
    assert call(f"Bearer {token(issuer)}").status_code == 404
    asked = tokens._known.asked
    assert tokens._known.at > fetched
    for _ in range(3):
        assert call(f"Bearer {token(issuer, header={'kid': 'four'})}").status_code == 401
    assert tokens._known.asked == asked


def test_an_issuer_that_is_down_stops_nobody_for_an_hour(issuer):
    assert call(f"Bearer {token(issuer)}").status_code == 404
    issuer.trick = "broken"
    tokens._known.at -= tokens.KEYS_SECONDS + 1
    tokens._known.asked -= tokens.AGAIN_SECONDS + 1
    assert call(f"Bearer {token(issuer)}").status_code == 404

    tokens._known.at -= tokens.STALE_SECONDS
    answer = call(f"Bearer {token(issuer)}")

    assert (answer.status_code, answer.json()["code"]) == (503, "issuer_down")
    assert answer["Retry-After"] == "5"


def test_one_system_may_ask_so_often_and_no_more(issuer, settings):
    settings.WIDA_API = settings.WIDA_API | {"per_minute": 3}
    police = System(issuer)

    statuses = [police.post({}).status_code for _ in range(3)]
    answer = police.post(report())

    assert statuses == [422, 422, 422]
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many")
    assert 0 < int(answer["Retry-After"]) <= 60
    assert police.post(report()).status_code == 429
    assert Event.objects.filter(action="refused", detail="too_many", role="koppeling").count() == 1
    assert System(issuer, CAW).get(ASKED).status_code == 200
    assert not PoliceReport.objects.exists()


def test_who_goes_on_trying_tokens_stops_filling_the_trail(issuer):
    statuses = [call("Bearer niet.een.token").status_code for _ in range(middleware.WRONG_TOKENS + 5)]

    assert statuses == [401] * middleware.WRONG_TOKENS + [429] * 5
    assert Event.objects.filter(action="refused").count() == middleware.WRONG_TOKENS
    assert call(f"Bearer {token(issuer)}").status_code == 404


def test_a_session_is_nothing_here_and_a_system_has_none_elsewhere(issuer):
    client = cast.signed_in("liaison.police-limburg")
    assert client.get(ASKED).status_code == 401

    system = User.objects.get(subject=POLICE)
    other = Client()
    other.force_login(system)
    session = other.session
    session["membership"] = str(Membership.objects.get(user=system).pk)
    session.save()
    assert other.get("/dossiers/")["Location"] == "/accounts/organisation/"


def test_every_address_for_systems_asks_for_a_token_but_what_describes_them(house):
    statuses = {
        address.name: Client().generic(method, address.path(receipt="P-1", request_id=NOTHING)).status_code
        for address in of_systems()
        for method in ("GET",)
    }

    assert len(statuses) == 6
    assert {name for name, status in statuses.items() if status != 401} == {"api:docs", "api:openapi"}
    assert Client().get("/api/v1/nowhere").json()["code"] == "no_token"


def test_what_no_address_knows_has_the_one_shape_too(issuer):
    police = System(issuer)

    answers = {
        404: police.get("/api/v1/nowhere"),
        405: police.send("DELETE", ADDRESS),
    }

    assert {answer.status_code: answer.json()["status"] for answer in answers.values()} == {
        404: 404,
        405: 405,
    }
    assert answers[405]["Allow"] == "POST"
    for answer in answers.values():
        assert answer["Cache-Control"] == "no-store"
        assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_the_description_is_there_to_read_without_a_script(house, client):
    page = client.get("/api/v1/docs")
    told = client.get("/api/v1/openapi.json").json()

    assert page.status_code == 200
    assert "<script" not in page.content.decode().split("<main")[1].split("</main")[0]
    for path in told["paths"]:
        assert path in page.content.decode()
    assert told["openapi"].startswith("3.1")
    assert told["components"]["securitySchemes"]
