"""What the trail says, in the words of its readers."""

from django.utils.translation import gettext_lazy as _

from wida.dossiers.life import EVERY_STEP

REFUSED, EMERGENCY = "refused", "nood"
PRINTS = ("printed", "exported", "downloaded", "extract_made")
LOOKS = ("read", "listed", "searched", REFUSED, *PRINTS, "safety_plan_opened")

ACTION_LABELS = {
    "read": _("Read"),
    "added": _("Added"),
    "changed": _("Changed"),
    "withdrawn": _("Withdrew"),
    "refused": _("Refused"),
    "searched": _("Searched"),
    "listed": _("Looked at a list"),
    "printed": _("Printed"),
    "exported": _("Exported"),
    "started": _("Started the dossier"),
    "assigned": _("Assigned the case manager"),
    "downloaded": _("Downloaded"),
    "safety_plan_opened": _("Opened a safety plan"),
    "revealed": _("Revealed a shielded address"),
    "reminded": _("Sent a reminder"),
    "destruction_proposed": _("Proposed to destroy the dossier"),
    "destroyed": _("Destroyed the dossier"),
    "extract_made": _("Made an extract for somebody"),
    "glass_broken": _("Took emergency access"),
    "emergency_judged": _("Judged an emergency access"),
    "block_proposed": _("May be family"),
    "declared": _("Said whether they know the family"),
    "block_decided": _("Decided who is kept out"),
    "alerted": _("Set off an alert"),
    "alert_seen": _("Took note of an alert"),
    "mandate_lapsed": _("Mandate ended with the work for the organisation"),
    "signed_in": _("Started a session"),
    "signed_out": _("Signed out"),
    "sign_in_refused": _("Could not sign in"),
    "factor_reset_asked": _("Asked to remove the second factors of somebody"),
    "factors_removed": _("Removed the second factors of somebody"),
    "organisation_named": _("Changed the code of an organisation"),
    "confirmed": _("Confirmed who they are"),
    "meeting_called": _("Planned a meeting"),
    "meeting_changed": _("Changed a meeting"),
    "meeting_cancelled": _("Cancelled a meeting"),
    **{name: step.label for name, step in EVERY_STEP.items()},
}
OTHER = _("Did something else")

ICONS = {
    "read": "eye",
    "added": "plus",
    "changed": "pencil",
    "withdrawn": "undo-2",
    "refused": "ban",
    "searched": "search",
    "printed": "printer",
    "exported": "file-output",
    "downloaded": "download",
    "extract_made": "printer",
    "glass_broken": "siren",
    "safety_plan_opened": "shield",
}
OTHER_ICON = "arrow-right"

REFUSALS = {
    "stranger": _("No mandate in this dossier. WIDA showed nothing."),
    "shielded_address": _("A protected address. WIDA showed nothing."),
}
OTHER_REFUSAL = _("Not within what this person may do. WIDA showed nothing.")

PERIODS = {"30": _("Last 30 days"), "all": _("Everything")}
KINDS = {
    "": _("Everything"),
    "changes": _("Changes only"),
    "prints": _("Prints and exports only"),
    "remarkable": _("Emergency access and refusals only"),
}


def action(code: str) -> str:
    return str(ACTION_LABELS.get(code, OTHER))
