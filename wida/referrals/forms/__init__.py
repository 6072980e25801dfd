"""The forms of a referral."""

from wida.referrals.forms.check import (
    AnswerClearanceForm,
    AskClearanceForm,
    CriteriaForm,
    JoinForm,
    ProportionalityForm,
    RefuseForm,
    SendBackForm,
    YouthConsultationForm,
)
from wida.referrals.forms.way_in import (
    ApproveForm,
    CompleteForm,
    ConfirmForm,
    ContactForm,
    HandOverForm,
    OfferForm,
    ReasonForm,
    SentForm,
    SubmitForm,
    ToConsultForm,
    TogetherForm,
)

__all__ = [
    "AnswerClearanceForm",
    "ApproveForm",
    "AskClearanceForm",
    "CompleteForm",
    "ConfirmForm",
    "ContactForm",
    "CriteriaForm",
    "HandOverForm",
    "JoinForm",
    "OfferForm",
    "ProportionalityForm",
    "ReasonForm",
    "RefuseForm",
    "SendBackForm",
    "SentForm",
    "SubmitForm",
    "ToConsultForm",
    "TogetherForm",
    "YouthConsultationForm",
]
