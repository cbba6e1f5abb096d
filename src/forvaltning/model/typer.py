"""Scalar types: what a text in a registry file may mean.

The loader hands over text only, so each type here says which texts it takes and what they become. Every
type also carries the JSON Schema an editor needs: an editor reads an unquoted ``0301`` as a number and
``ja`` as text, so the schemas accept the forms that the loader accepts.
"""

from datetime import date
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

JsonSchema = dict[str, Any]

JA = frozenset({"ja", "true", "True", "TRUE"})
NEI = frozenset({"nei", "false", "False", "FALSE"})
DAY = (
    "(?!0000)[0-9]{4}-("
    "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8])"
    ")|(?!0000)([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29"
)
"""A day that the calendar has, leap days among them, as a pattern."""


class _Tekst:
    """Text with something in it; outer blanks are dropped."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.str_schema(strip_whitespace=True, min_length=1)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchema:
        said = "Skriv tekst på linjen, eller fjern den."
        return {
            "anyOf": [
                {"type": "string", "pattern": r"\S", "errorMessage": said},
                {"type": ["number", "boolean"]},
            ]
        }


class _Dato:
    """A calendar date, ``YYYY-MM-DD`` and nothing else."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        text = core_schema.str_schema(strip_whitespace=True, pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
        return core_schema.chain_schema([text, core_schema.date_schema()])

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchema:
        said = "Skriv en dag som finnes, som 2026-11-22."
        return {"type": "string", "pattern": rf"^\s*({DAY})\s*$", "errorMessage": said}


class _JaNei:
    """``ja``, ``nei``, ``true`` or ``false``."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(_ja_nei)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchema:
        return {
            "anyOf": [
                {"enum": ["ja", "nei"], "errorMessage": "Skriv ja eller nei."},
                {"enum": [True, False, *sorted((JA | NEI) - {"ja", "nei"})]},
            ]
        }


class _Heltall:
    """A whole number that is not negative."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        text = core_schema.str_schema(strip_whitespace=True, pattern=r"^[0-9]{1,15}$")
        return core_schema.chain_schema([text, core_schema.int_schema()])

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchema:
        return {
            "anyOf": [
                {
                    "type": "integer",
                    "minimum": 0,
                    "maximum": 10**15 - 1,
                    "errorMessage": "Skriv et helt tall med bare siffer.",
                },
                {"type": "string", "pattern": r"^\s*[0-9]{1,15}\s*$"},
            ]
        }


class _Desimaltall:
    """A number, decimal point written as a full stop."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        text = core_schema.str_schema(strip_whitespace=True, pattern=r"^-?[0-9]{1,15}(\.[0-9]{1,10})?$")
        return core_schema.chain_schema([text, core_schema.float_schema()])

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchema:
        return {
            "anyOf": [
                {
                    "type": "number",
                    "exclusiveMinimum": -(10**15),
                    "exclusiveMaximum": 10**15,
                    "errorMessage": "Skriv et tall, med punktum foran desimalene.",
                },
                {"type": "string", "pattern": r"^\s*-?[0-9]{1,15}(\.[0-9]{1,10})?\s*$"},
            ]
        }


class _Adresse:
    """A web address with ``https://`` or ``http://``."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(
            _adresse, core_schema.str_schema(strip_whitespace=True, min_length=1)
        )

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchema:
        said = "Skriv hele adressen, med https:// først."
        return {"type": "string", "pattern": r"^\s*[Hh][Tt][Tt][Pp][Ss]?://[^\s/]", "errorMessage": said}


class _Organisasjonsnummer:
    """Nine digits with a valid check digit (Brønnøysundregistrene, modulus 11)."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(
            _organisasjonsnummer, core_schema.str_schema(strip_whitespace=True)
        )

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchema:
        return {
            "anyOf": [
                {
                    "type": "integer",
                    "minimum": 0,
                    "maximum": 999_999_999,
                    "errorMessage": "Skriv de ni sifrene i organisasjonsnummeret.",
                },
                {"type": "string", "pattern": r"^\s*([0-9]\s*){9}$"},
            ]
        }


class Kode:
    """A code from a list in the settings: the default set, extended by the registry.

    The allowed values come with the validation context (``{"koder": {list: {code: name}}}``), so that
    a municipality adds a code without touching Python.
    """

    def __init__(self, liste: str) -> None:
        self.liste = liste

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        liste = self.liste

        def check(value: Any, info: core_schema.ValidationInfo) -> str:
            if not isinstance(value, str):
                raise PydanticCustomError("string_type", "text expected")
            if value in info.context["koder"][liste]:  # type: ignore[index]
                return value
            stripped = value.strip()
            if stripped in info.context["koder"][liste]:  # type: ignore[index]
                return stripped
            raise PydanticCustomError("ukjent_kode", "{liste}", {"liste": liste})

        return core_schema.with_info_plain_validator_function(check)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchema:
        return {"type": "string", "x-kodeliste": self.liste}


class Ref:
    """Marks a text as the id of another record of one of the named kinds (folders)."""

    __slots__ = ("kinds",)

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds

    def __repr__(self) -> str:
        return f"Ref({', '.join(self.kinds)})"


def _ja_nei(value: Any) -> bool:
    if isinstance(value, str):
        if value in JA or value.strip() in JA:
            return True
        if value in NEI or value.strip() in NEI:
            return False
    raise PydanticCustomError("ja_nei", "ja or nei expected")


def _adresse(value: str) -> str:
    head, sep, rest = value.partition("://")
    if not sep or head.lower() not in {"http", "https"} or not rest or rest[0] in "/ \t":
        raise PydanticCustomError("adresse", "web address expected")
    return value


def _organisasjonsnummer(value: str) -> str:
    digits = value.replace(" ", "")
    if not gyldig_organisasjonsnummer(digits):
        raise PydanticCustomError("organisasjonsnummer", "invalid organisation number")
    return digits


def gyldig_organisasjonsnummer(digits: str) -> bool:
    """True when `digits` is nine ASCII digits whose last is the modulus 11 check digit."""
    if len(digits) != 9 or not digits.isascii() or not digits.isdigit():
        return False
    weighted = sum(int(d) * w for d, w in zip(digits, (3, 2, 7, 6, 5, 4, 3, 2), strict=False))
    check = 11 - weighted % 11
    return (0 if check == 11 else check) == int(digits[8])


Tekst = Annotated[str, _Tekst()]
Dato = Annotated[date, _Dato()]
JaNei = Annotated[bool, _JaNei()]
Heltall = Annotated[int, _Heltall()]
Desimaltall = Annotated[float, _Desimaltall()]
Adresse = Annotated[str, _Adresse()]
Organisasjonsnummer = Annotated[str, _Organisasjonsnummer()]
RolleRef = Annotated[str, _Tekst(), Ref("roller")]
EnhetRef = Annotated[str, _Tekst(), Ref("enheter")]
SystemRef = Annotated[str, _Tekst(), Ref("systemer")]
TjenesteRef = Annotated[str, _Tekst(), Ref("tjenester")]
IntegrasjonRef = Annotated[str, _Tekst(), Ref("integrasjoner")]
LeverandorRef = Annotated[str, _Tekst(), Ref("leverandorer")]
AvtaleRef = Annotated[str, _Tekst(), Ref("avtaler")]
RosRef = Annotated[str, _Tekst(), Ref("ros")]
BehandlingRef = Annotated[str, _Tekst(), Ref("behandlinger")]
DatasettRef = Annotated[str, _Tekst(), Ref("datasett")]
BegrepRef = Annotated[str, _Tekst(), Ref("begreper")]
ProsjektRef = Annotated[str, _Tekst(), Ref("prosjekter")]
EndringRef = Annotated[str, _Tekst(), Ref("endringer")]
