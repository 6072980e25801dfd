"""Who plays in Limburg, by the account they sign in with."""

from wida.demo.organisations import accounts

_LIMBURG = {account.login: account for account in accounts("Limburg")}


def name_of(login: str) -> str:
    return _LIMBURG[login].name


def employer_of(login: str) -> str:
    return _LIMBURG[login].organisation


def signature_of(login: str) -> str:
    """As it stands under what somebody writes."""
    return f"{name_of(login)}, {employer_of(login)}"
