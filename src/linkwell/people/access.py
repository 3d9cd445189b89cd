"""Language, interpreter and formats in words. Pure: what was recorded goes in, what everyone reads comes out."""

from dataclasses import dataclass
from datetime import datetime

from linkwell.people.models import (
    InterpretedBy,
    InterpreterGender,
    InterpreterKind,
    ReadingFormat,
    RequirementKind,
    SignLanguage,
)

ASK_WITH_AN_INTERPRETER = (
    "A relative or friend cannot interpret when somebody agrees to something. Ask them again with an interpreter."
)
RAISE_WITHOUT_THEIR_WORDS = (
    "A relative or friend cannot interpret about a worry like this. Leave out what the person said and wants,"
    " raise what you saw or heard yourself, and book an interpreter to ask them alone."
)
AGREED_THROUGH_A_RELATIVE = (
    "You noted today that they agreed to something. A relative or friend cannot interpret for that."
    " Take the agreement back on their page, and ask again with an interpreter."
)
_READING = {
    ReadingFormat.LARGE: "Large print",
    ReadingFormat.EASY_READ: "Easy read",
    ReadingFormat.BRAILLE: "Braille",
    ReadingFormat.AUDIO: "Recorded words to listen to",
    ReadingFormat.READ_ALOUD: "Does not read: say it to them",
    ReadingFormat.TRANSLATED: "Written in their own language",
}
# Formats in which somebody cannot read a text message, an e-mail or a letter in ordinary words.
NOT_WRITTEN = frozenset({ReadingFormat.BRAILLE, ReadingFormat.AUDIO, ReadingFormat.READ_ALOUD})


@dataclass(frozen=True, slots=True)
class AccessWords:
    """What was asked about language, an interpreter, reading and adjustments. Values are those of the enumerations."""

    language: str = ""
    dialect: str = ""
    interpreter: str = InterpreterKind.NONE
    interpreter_gender: str = InterpreterGender.ANY
    sign_language: str = ""
    reading: str = ReadingFormat.STANDARD
    information: str = ""
    adjustments: str = ""


@dataclass(frozen=True, slots=True)
class AccessRow:
    """The newest answer. The version is 0 when nobody asked yet."""

    version: int
    words: AccessWords
    recorded_at: datetime | None = None
    recorded_by: str = ""


@dataclass(frozen=True, slots=True)
class InterpretedRow:
    """Who interpreted in one conversation."""

    by: str
    name: str

    @property
    def words(self) -> str:
        label = str(InterpretedBy(self.by).label)
        return f"{label}: {self.name}" if self.name else label


def interpreter_words(given: AccessWords) -> str:
    """Whom to ask for: "Interpreter: Arabic (Sudanese), a woman". Empty when none is needed."""
    if given.interpreter == InterpreterKind.NONE:
        return ""
    if given.interpreter == InterpreterKind.SIGN:
        what = str(SignLanguage(given.sign_language).label) if given.sign_language else "sign language"
        words = f"Interpreter: {what}"
    elif given.interpreter == InterpreterKind.SPOKEN:
        dialect = f" ({given.dialect})" if given.dialect else ""
        words = f"Interpreter: {given.language or 'ask which language'}{dialect}"
    else:
        words = "Help to communicate: see what they need"
    gender = {InterpreterGender.WOMAN: ", a woman", InterpreterGender.MAN: ", a man"}
    return words + gender.get(InterpreterGender(given.interpreter_gender), "")


def needs_of(given: AccessWords) -> tuple[tuple[str, str], ...]:
    """The needs that everyone who meets or writes to them sees: kind and words, each once."""
    found = [
        (RequirementKind.INTERPRETER, interpreter_words(given)),
        (RequirementKind.INFORMATION, _READING.get(ReadingFormat(given.reading), "")),
        (RequirementKind.INFORMATION, given.information),
        (RequirementKind.ADJUSTMENT, given.adjustments),
    ]
    return tuple(dict.fromkeys((kind.value, words) for kind, words in found if words))
