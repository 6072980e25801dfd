"""What is typed about a file. Its kind is told by its content."""

from pathlib import PurePath

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wida.attachments import content
from wida.attachments.codes import Category
from wida.web import fields

ACCEPT = tuple(f".{extension}" for extension in content.EXTENSIONS)
MOST = settings.WIDA_ATTACHMENT_MAX_BYTES // 1_000_000
TOO_LARGE = _("Choose a smaller file: at most %(most)d MB")


class AttachmentForm(forms.Form):
    """`cut_off`: the upload was so large that its file was not even read, which is no reason to ask for one."""

    file = fields.attach(
        label=_("File"),
        accept=ACCEPT,
        max_bytes=MOST * 1_000_000,
        help=_("PDF, Word, Excel, OpenDocument, text, PNG or JPEG. At most 25 MB."),
    )
    category = fields.pick(Category.choices, label=_("What kind of document is it?"))
    description = fields.text(label=_("Short description"), required=False)

    def __init__(self, *args, cut_off: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if cut_off:
            self.fields["file"].error_messages["required"] = TOO_LARGE % {"most": MOST}

    def clean_file(self):
        """The kind by content; a name that says something else is refused: nobody opens what they don't expect."""
        file = self.cleaned_data["file"]
        file.data = file.read()
        file.kind = content.kind_of(file.data)
        extension = PurePath(file.name).suffix.lstrip(".").lower()
        if file.kind is None:
            raise forms.ValidationError(
                _(
                    "Choose a file of an allowed kind: "
                    "this one is not PDF, Word, Excel, OpenDocument, text, PNG or JPEG"
                )
            )
        if extension not in file.kind.extensions:
            raise forms.ValidationError(
                _(
                    "Choose the file again under its real kind: "
                    "its name ends in “%(extension)s”, but its content is %(kind)s"
                ),
                params={"extension": extension or "–", "kind": file.kind.extensions[0].upper()},
            )
        return file


class WithdrawForm(forms.Form):
    reason = fields.long_text(label=_("Why do you withdraw this file?"), rows=3)
