"""How a dossier's number looks in an address: letters of the house and a serial. What isn't a number is no address."""

from django.urls import register_converter
from django.urls.converters import StringConverter


class DossierNumber(StringConverter):
    regex = "[A-Z]{2,6}[0-9]{1,9}"


register_converter(DossierNumber, "number")
