"""Systems of others as the tests play them: an issuer that signs, a police zone that sends, a partner that answers."""

import json
import time
from contextlib import contextmanager

from django.conf import settings
from django.test import Client
from django.test.utils import override_settings
from joserfc import jwt
from joserfc.jwk import RSAKey

from wida.accounts.fake_provider import Provider
from wida.api import reports, senders, tokens
from wida.api.models import PoliceReport
from wida.api.schemas import Report

REPORTS, REQUESTS = "wida:police-reports", "wida:information-requests"
ADDRESS = "/api/v1/police-reports"
ASKED = "/api/v1/information-requests"
POLICE, OTHER_POLICE, CAW = "pz-demerland", "pz-scheldebocht", "caw-limburg"
SPEAKS_FOR = {POLICE: "Politie Limburg", OTHER_POLICE: "Politie Antwerpen", CAW: "CAW Limburg"}


@contextmanager
def issuer(changed):
    """The fake provider as issuer of tokens; the three systems are connected."""
    with Provider([]) as running:
        changed.WIDA_API = changed.WIDA_API | {"issuer": running.issuer, "keys": ""}
        changed.WIDA_PROVIDER = running.settings()
        tokens.forget()
        for subject, organisation in SPEAKS_FOR.items():
            senders.connect(subject=subject, organisation=organisation)
        yield running


def token(
    issuer: Provider, subject: str = POLICE, *, key: RSAKey | None = None, header=None, **claims
) -> str:
    """A right token but for what is given; a claim that is None is left out."""
    now = int(time.time())
    told = {
        "iss": issuer.issuer,
        "aud": "wida",
        "sub": subject,
        "scope": f"{REPORTS} {REQUESTS}",
        "iat": now,
        "exp": now + 300,
    } | claims
    told = {name: value for name, value in told.items() if value is not None}
    return jwt.encode({"alg": "RS256", "kid": issuer.kid} | (header or {}), told, key or issuer.key)


class System:
    """One system at the front door."""

    def __init__(self, issuer: Provider, subject: str = POLICE, **claims):
        self.client, self.bearer = Client(), f"Bearer {token(issuer, subject, **claims)}"

    def send(self, method: str, address: str, body=None, **headers):
        return self.client.generic(
            method,
            address,
            json.dumps(body) if body is not None and not isinstance(body, bytes) else body or b"",
            content_type="application/json",
            headers={"Authorization": self.bearer, **headers},
        )

    def get(self, address: str):
        return self.send("GET", address)

    def post(self, body, address: str = ADDRESS):
        return self.send("POST", address, body)

    def put(self, address: str, body, key: str):
        return self.send("PUT", address, body, **{"Idempotency-Key": key})


def report(number: str = "TG.43.L3.000572/26", **changes) -> dict:
    """A report of the pilot zone, in which everything is invented."""
    return {
        "police_zone": "0901",
        "pv_number": number,
        "facts": [
            {
                "date": "2026-11-14",
                "time": "22:40",
                "place": "Kerkstraat 7, 3999 Nergenshuizen",
                "forms": ["fysiek", "psychisch"],
                "description": "Slagen in het bijzijn van de kinderen.",
            }
        ],
        "persons": [
            {
                "role": "verdachte",
                "family_name": "Aerdman",
                "given_name": "Youri",
                "birth_date": "2001-03-14",
                "sex": "man",
            },
            {
                "role": "slachtoffer",
                "family_name": "Bosteels",
                "given_name": "Kelly",
                "birth_date": "2000-03-14",
                "sex": "vrouw",
            },
            {
                "role": "getuige",
                "family_name": "Bosteels",
                "given_name": "Noa",
                "birth_date": "2019-03-14",
                "sex": "vrouw",
            },
        ],
        "children_present": "ja",
        "risk_evaluation": {"outcome": "hoog", "explanation": "Eerdere feiten in september."},
        "measures": [{"kind": "tijdelijk_huisverbod", "begins_on": "2026-11-15", "ends_on": "2026-11-29"}],
        "narrative": "Ter plaatse stellen wij vast dat de deur geforceerd is.",
    } | changes


def unplaced() -> PoliceReport:
    """A report of a zone that no Safe Home has, without the way it came."""
    with override_settings(WIDA_API=settings.WIDA_API | {"issuer": "https://issuer.example"}):
        sender = senders.connect(subject=POLICE, organisation=SPEAKS_FOR[POLICE])
    (taken,) = reports.receive(reports=[Report(**report(police_zone="0999"))], by=sender.actor)
    return taken.report
