"""Why somebody isn't let in, in words that say what to do and whom to ask. The code itself is for the trail."""

from django.utils.translation import gettext as _

UNKNOWN = {"unknown_organisation", "no_organisation", "no_group"}
WEAK = {"acr_missing", "acr_weak", "not_fresh"}
DOWN = {"provider_down", "provider_error", "provider_unreadable"}


def page_of(code: str) -> dict:
    """Title, text and status of the plain page for a code."""
    title, text = _words(code)
    return {"title": title, "text": text, "code": code, "status": 503 if code in DOWN else 403}


def _words(code: str) -> tuple[str, str]:
    if code == "cancelled":
        return _("You stopped signing in"), _("Nothing happened. Start again when you like.")
    if code in DOWN:
        return _("The sign-in service does not answer"), _(
            "WIDA itself works. Try again in a few minutes. If it can't wait, call the coordinator of your Safe Home."
        )
    if code in UNKNOWN:
        return _("WIDA does not know your organisation"), _(
            "You signed in for an organisation that takes no part in a Safe Home. Did you mean another one? Sign in "
            "again and choose it. If not, ask the coordinator of your Safe Home to add your organisation."
        )
    if code == "no_role":
        return _("You have no role in WIDA"), _(
            "Your organisation did not give you a role. Ask the person who manages access in your organisation "
            "(toegangsbeheerder) for the right WIDA."
        )
    if code == "citizen":
        return _("WIDA is for professionals"), _(
            "You signed in as a citizen. Sign in again in the name of your organisation. Do you need help "
            "yourself? Call 1712."
        )
    if code == "disabled":
        return _("Your access is closed"), _("Ask the person who manages accounts in WIDA why.")
    if code in WEAK:
        return _("This proof of identity is not strong enough"), _("Sign in again, with itsme or your eID.")
    if code == "somebody_else":
        return _("You signed in as somebody else"), _(
            "This session belongs to another person. Sign out first, or confirm with your own identity."
        )
    return _("WIDA could not trust the answer of the sign-in service"), _(
        "So nobody was let in, and WIDA recorded it. Start again. If it happens twice, tell the person who "
        "manages WIDA."
    )
