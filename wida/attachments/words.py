"""What is said when a file can't be taken in or handed out."""

from django.utils.translation import gettext_lazy as _

FULL = {
    "dossier": _(
        "There is no room for this file: the dossier holds as much as it can. Withdraw what is not needed."
    ),
    "day": _(
        "You attached as much as somebody can on one day. Attach this file tomorrow, or ask a colleague."
    ),
}
LOST = _(
    "It is missing from the storage, or it was damaged there. Nothing was handed out. "
    "Tell the administrator, and ask who brought it to attach it again."
)
AWAY = _("The storage does not answer. Nothing is lost. Try again in a moment.")
WAITS = _("Nothing is handed out before it was examined. Look again in a few minutes.")
WITHHELD = _(
    "It could do harm. The list of attachments says what was found; ask who brought it for another copy."
)
