"""Every page of a dossier in Dutch and in English, and no word of the one on a page of the other."""

import re

from django.urls import reverse

from tests import cast, rich
from tests.pages import Page
from wida import translations

# What no link leads to in these families, with the reason.
UNREACHED = {
    "access:acquainted": "nobody bears the name of somebody in these families",
    "access:decide_proposal": "nobody bears the name of somebody in these families",
    "access:end_emergency": "no emergency access is running",
    "access:judge_emergency": "nobody took emergency access",
    "access:see_alert": "nothing set off an alert",
    "attachments:download": "a file waits in quarantine until a worker examined it",
    "attachments:original": "a file waits in quarantine until a worker examined it",
    "audit:answer": "nobody asked what a look was for",
    "audit:judge": "no look of these families stands out",
    "people:grown_up": "nobody in these families became eighteen since their dossier began",
    "inspection:answered_inspection": "nobody decided yet on what is given in these families",
    "inspection:inspection_answer": "nobody decided yet on what is given in these families",
    "people:undo_comparison": "nobody said that two persons are the same",
    "people:undo_merge": "nobody stands in these families twice",
    "meetings:accept_action": "every action of these families is accepted",
    "meetings:withdraw_item": "their meetings have notes, and then a point stays",
    "plans:accept_action": "every action of these families is accepted",
    "plans:edit_safety_plan": "asks the reason first, in the same session",
    "referrals:approved_letter": "no referral of these families was refused",
    "referrals:letter": "no letter of these families was begun",
    "referrals:letter_file": "no referral of these families was refused",
    "referrals:criteria_versions": "the criteria of these families were written once",
}
# A name, and half of the names of our own organisations.
PROPER = re.compile(r"Veilig Huis( Limburg.*)?|Kind en Gezin|Opgroeien Regie .*")
# Pages outside a dossier.
AROUND = (
    "dossiers:list",
    "dossiers:new",
    "dossiers:search",
    "dossiers:tasks",
    "house_meetings:meetings",
    "house_meetings:call_meeting",
    "house_referrals:queue",
    "house_referrals:referrals",
    "house_referrals:new_referral",
    "consults:consults",
    "consults:add_consult",
    "consults:sessions",
    "consults:add_session",
    "accounts:organisation",
    "web:help",
    "web:privacy",
    "web:accessibility",
    "web:shortcuts",
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")


class Words:
    """The texts of one language in the catalogues, whole and with room for what is filled in."""

    def __init__(self, texts: set[str]):
        self.plain = {" ".join(text.split()) for text in texts if not PLACEHOLDER.search(text)}
        # "%(one)s en %(other)s" would be said by many a story.
        telling = {text for text in texts - self.plain if len(PLACEHOLDER.sub("", text)) >= 8}
        self.open = [re.compile(".{1,60}".join(map(re.escape, PLACEHOLDER.split(text)))) for text in telling]

    def said(self, text: str) -> bool:
        return text in self.plain or any(pattern.fullmatch(text) for pattern in self.open)


def catalogues() -> tuple[Words, Words]:
    """What only an English page may say, and what only a Dutch one may."""
    pairs = set()
    for room in translations.rooms(translations.PACKAGE):
        for message in translations._said(translations._read(translations._path(room))):
            pairs |= set(zip(as_many(message.id), as_many(message.string), strict=True))
    english, dutch = {one for one, _ in pairs}, {other for _, other in pairs}
    return Words(english - dutch), Words(dutch - english)


def as_many(text) -> tuple[str, ...]:
    return text if isinstance(text, tuple) else (text,)


def test_every_catalogue_is_complete_and_says_one_thing_one_way():
    assert translations.check() == []


def test_every_page_speaks_one_language(house):
    _told, found = rich.everything()
    english, dutch = catalogues()
    pages = [place for place in found if place.page]
    pages += [rich.visit(reverse(name), rich.COORDINATOR) for name in AROUND]
    clients = {login: cast.signed_in(login) for login in {place.login for place in pages}}
    for client in clients.values():
        client.post(reverse("accounts:language"), {"language": "en"})

    strange = []
    for place in pages:
        in_english = Page(clients[place.login].get(place.path))
        for page, language, foreign in ((place.page, "nl", english), (in_english, "en", dutch)):
            assert (page.answer.status_code, page.answer["Content-Language"]) == (200, language), place.path
            texts = {text for text, _around in page.texts if not PROPER.fullmatch(text)}
            strange += [(place.name, language, text) for text in sorted(filter(foreign.said, texts))]

    assert len(found) > 130
    assert rich.unreached(found) == set(UNREACHED)
    assert strange == []
