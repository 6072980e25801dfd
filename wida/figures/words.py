"""What stored values are called on the page, and how each figure is counted."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wida.accounts.codes import OrganisationType
from wida.dossiers.codes import ClosureReason, Colour, Stage, Track
from wida.figures.codes import Admission, Measure, Step
from wida.risk.codes import CODES

MINORS = {"ja": gettext_lazy("With children"), "nee": gettext_lazy("Without children")}

LABELS = {
    Measure.REFERRALS: {"": Measure.REFERRALS.label},
    Measure.MONTH: {},
    Measure.ADMITTED: dict(Admission.choices),
    Measure.REFERRER: dict(OrganisationType.choices),
    Measure.STAGE: dict(Stage.choices),
    Measure.TRACK: dict(Track.choices),
    Measure.COLOUR: dict(Colour.choices),
    Measure.MINORS: MINORS,
    Measure.FACTOR: {code.value: code.label for code in CODES},
    Measure.CLOSURE: dict(ClosureReason.choices),
    Measure.DURATION: dict(Step.choices),
}


def how(measure: str) -> str:
    """How it is counted, for who reads the figure."""
    return {
        Measure.MONTH: _("Each submitted referral counts once, in the month it was submitted. A second referral of the same family counts again. Anonymous consults don't count."),
        Measure.ADMITTED: _("As it stands today: opened, not opened, or still to be decided."),
        Measure.REFERRER: _("The sector of the organisation that made the file."),
        Measure.STAGE: _("Where the dossiers stand today."),
        Measure.TRACK: _("The track that was decided last. Dossiers without a decision don't count."),
        Measure.COLOUR: _("The colour of the last weighing. Dossiers without one don't count."),
        Measure.MINORS: _("Families with at least one child in the file, and how many children. Unborn children don't count."),
        Measure.FACTOR: _("Present in the last assessment of the dossier. « Suspected » and « unknown » don't count as present. A dossier may count for several factors."),
        Measure.CLOSURE: _("The reason with which the dossier closed. Open dossiers don't count."),
        Measure.DURATION: _("Calendar days on average, of dossiers that took both steps."),
    }[measure]  # fmt: skip
