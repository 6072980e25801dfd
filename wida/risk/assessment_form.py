"""The long form: thirteen factors and six indicators, the life domains, what protects, and the judgement."""

from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from wida.dossiers.codes import LifeDomain
from wida.risk.codes import (
    CODES,
    CRITICAL,
    LABELS,
    NEEDS_MOTIVATION,
    DomainState,
    Imminence,
    Level,
    Review,
    Score,
)
from wida.web import fields

SPARE_ROWS = 3
MOST_ROWS = 30


class FactorFacts(NamedTuple):
    """What a form says of one factor."""

    code: str
    present: str
    past: str
    motivation: str
    source: str
    who: list[str]
    towards: list[str]
    seen_on: date | None
    not_for: str
    reviewed: bool = True


FACTS = FactorFacts._fields[1:-1]


class AssessmentForm(forms.Form):
    """Nineteen factors, the life domains, what protects, and the judgement last: it is written last.

    `before` maps codes to the factors of the organisation's last assessment, `base` holds the rest of it.
    """

    def __init__(self, data=None, *, persons, organisations, before=None, base=None):
        super().__init__(data)
        self.before: dict[str, FactorFacts] = before or {}
        self.base = base or {}
        self.protection_rows = _row_count(data, len(self.base.get("protections", [])))
        self.fields["assessed_on"] = fields.day(label=_("Day of the assessment"), past=True)
        self.fields["together"] = fields.many(
            organisations,
            label=_("Who assessed with you?"),
            required=False,
            help=_(
                "Only if you agreed on this assessment together. Police and welfare together then speak with one voice."
            ),
            look="lines",
        )
        for code in CODES:
            self._add_factor(code, persons)
        self.fields["rest_not_reviewed"] = fields.tick(
            label=_("What I left unchanged without an answer was not looked at again")
        )
        self._add_domains()
        self._add_protections()
        self._add_judgement()

    def _add_factor(self, code: str, persons) -> None:
        before = self.before.get(code) or FactorFacts(
            code, Score.UNKNOWN, Score.UNKNOWN, "", "", [], [], None, ""
        )
        missing = _("Choose a score for “%(factor)s”") % {"factor": LABELS[code]}
        made = {
            "present": fields.choice(Score, label=_("Past 12 months"), missing=missing),
            "past": fields.choice(Score, label=_("Longer ago"), missing=missing),
            "motivation": fields.long_text(
                label=_("Motivation"),
                required=False,
                rows=3,
                help=_("What was seen or said, and when? Needed when something is present or suspected."),
            ),
            "source": fields.text(
                label=_("Source"),
                required=False,
                help=_("For example: police report of 31/10/2026, talk of 09/02/2027"),
            ),
            "who": fields.many(persons, label=_("By whom?"), required=False),
            "towards": fields.many(persons, label=_("Towards whom?"), required=False),
            "not_for": fields.pick(
                persons, label=_("Don't share with"), required=False, nothing=_("Nobody in particular")
            ),
        }
        if code in CRITICAL:
            made["seen_on"] = fields.day(label=_("Last seen on"), required=False, past=True)
        if code in self.before:
            made["review"] = fields.choice(Review, label=_("Unchanged? Looked at again?"), required=False)
        for name, field in made.items():
            if name != "review":
                field.initial = getattr(before, name)
            self.fields[f"{code}-{name}"] = field

    def _add_domains(self) -> None:
        before = self.base.get("domains", {})
        for domain in LifeDomain:
            state, account = before.get(domain, (DomainState.UNKNOWN, ""))
            self.fields[f"{domain}-state"] = fields.pick(DomainState, label=domain.label, initial=state)
            self.fields[f"{domain}-account"] = fields.long_text(
                label=_("Explanation"), required=False, rows=2, initial=account
            )

    def _add_protections(self) -> None:
        before = self.base.get("protections", [])
        for number in range(self.protection_rows):
            title, account = before[number] if number < len(before) else ("", "")
            self.fields[f"protection-{number}-title"] = fields.text(
                label=_("Protective factor"), required=False, initial=title
            )
            self.fields[f"protection-{number}-account"] = fields.long_text(
                label=_("Explanation"), required=False, rows=2, initial=account
            )

    def _add_judgement(self) -> None:
        self.fields["level"] = fields.choice(Level, label=_("How serious is the risk?"))
        self.fields["imminence"] = fields.choice(Imminence, label=_("When could it go wrong?"))
        self.fields["motivation"] = fields.long_text(
            label=_("Motivation of the judgement"),
            help=_("What weighs heaviest, what protects, what don't we know?"),
            missing=_("Motivate your judgement"),
        )
        self.fields["raises"] = fields.long_text(
            label=_("What would raise the risk?"), required=False, rows=4, help=_("One point per line.")
        )
        self.fields["lowers"] = fields.long_text(
            label=_("What would lower the risk?"), required=False, rows=4, help=_("One point per line.")
        )
        self.fields["dissent"] = fields.long_text(
            label=_("Another view"),
            required=False,
            rows=3,
            help=_("Does somebody judge otherwise? Note who and why."),
        )

    def clean_assessed_on(self) -> date:
        """An older assessment can't be slipped in under the one that stands."""
        day, last = self.cleaned_data["assessed_on"], self.base.get("assessed_on")
        if last and day < last:
            raise forms.ValidationError(_("Fill in the day of your last assessment or a later day"))
        return day

    def clean(self) -> dict[str, Any]:
        for code in CODES:
            self._check_factor(code)
        for number in range(self.protection_rows):
            if self.cleaned_data.get(f"protection-{number}-account") and not self.cleaned_data.get(
                f"protection-{number}-title"
            ):
                self.add_error(f"protection-{number}-title", _("Name this protective factor in a few words"))
        return self.cleaned_data

    def _check_factor(self, code: str) -> None:
        """What is present or suspected is motivated; what was copied is confirmed, or said not to be looked at."""
        said = self._facts(code)
        if not said.motivation and {said.present, said.past} & set(NEEDS_MOTIVATION):
            self.add_error(f"{code}-motivation", _("Motivate “%(factor)s”") % {"factor": LABELS[code]})
        if code not in self.before:
            return
        review = self.cleaned_data.get(f"{code}-review")
        changed = self.has_moved(code, said)
        if changed and review == Review.NOT_REVIEWED:
            self.add_error(
                f"{code}-review",
                _("You changed “%(factor)s”, so it was looked at again") % {"factor": LABELS[code]},
            )
        if not changed and not review and not self.cleaned_data.get("rest_not_reviewed"):
            self.add_error(
                f"{code}-review",
                _("Say whether “%(factor)s” was looked at again") % {"factor": LABELS[code]},
            )

    def has_moved(self, code: str, said: FactorFacts) -> bool:
        before = self.before[code]
        return any(_plain(getattr(said, name)) != _plain(getattr(before, name)) for name in FACTS)

    def _facts(self, code: str) -> FactorFacts:
        values = {name: self.cleaned_data.get(f"{code}-{name}") for name in FACTS}
        return FactorFacts(code=code, **values)

    def answers(self) -> dict[str, Any]:
        """What `actions.record_assessment` takes."""
        data = self.cleaned_data
        factors = []
        for code in CODES:
            said = self._facts(code)
            reviewed = (
                code not in self.before
                or self.has_moved(code, said)
                or data[f"{code}-review"] == Review.CONFIRMED
            )
            factors.append(said._replace(reviewed=reviewed))
        rows = [
            (data[f"protection-{number}-title"], data[f"protection-{number}-account"])
            for number in range(self.protection_rows)
        ]
        names = ("assessed_on", "level", "imminence", "motivation", "raises", "lowers", "dissent", "together")
        return {
            **{name: data[name] for name in names},
            "factors": factors,
            "domains": [
                (domain, data[f"{domain}-state"], data[f"{domain}-account"]) for domain in LifeDomain
            ],
            "protections": [row for row in rows if row[0]],
        }


def _row_count(data, filled: int) -> int:
    """The rows that were sent, or those of the last assessment and some empty ones."""
    if data is None:
        return filled + SPARE_ROWS
    sent = [number for number in range(MOST_ROWS) if f"protection-{number}-title" in data]
    return sent[-1] + 1 if sent else 0


def _plain(value: Any) -> Any:
    """Empty is empty, whether it was never there or taken out; the order of persons means nothing."""
    if isinstance(value, list | tuple):
        return sorted(str(one) for one in value)
    return "" if value is None else str(value).replace("\r\n", "\n").strip()
