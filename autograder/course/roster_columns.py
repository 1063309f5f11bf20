"""What the columns of a class list are called by nbgrader, Canvas, Moodle and Gradescope.

- nbgrader: id, first_name, last_name, email, lms_user_id (`nbgrader db student import`).
- Canvas's gradebook: Student (or LastName and FirstName), ID, SIS User ID, SIS Login ID, Section
  (`lib/gradebook_exporter.rb` of canvas-lms, which does not translate them); the export of its
  groups: name, canvas_user_id, user_id, login_id, sections, group_name.
- Moodle: the list of participants, the grades, and an assignment's grading worksheet; each in the
  language of whoever saves it.
- Gradescope: First Name, Last Name, SID, Email, Role, Section of its roster, or the first of these
  with Sections of its grades.

Case, space and punctuation do not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# What a column says of a student → its names. The first names are those of nbgrader.
_NAMES: dict[str, tuple[str, ...]] = {
    "first_name": (
        "first name", "firstname", "given name", "vorname", "prénom", "nombre", "nome", "voornaam",
        "förnamn", "fornavn", "etunimi", "imię",
    ),
    "last_name": (
        "last name", "lastname", "surname", "family name", "nachname", "nom", "nom de famille",
        "apellido s", "apellidos", "cognome", "sobrenome", "achternaam", "efternamn", "efternavn",
        "etternavn", "sukunimi", "nazwisko",
    ),
    "full_name": (
        "student", "name", "full name", "student name", "vollständiger name", "nom complet",
        "nombre completo", "nome completo", "volledige naam",
    ),
    "email": (
        "email", "e mail", "email address", "e mail address", "mail", "e mail adresse",
        "adresse de courriel", "adresse e mail", "dirección de correo", "correo electrónico",
        "indirizzo email", "endereço de e mail", "e mailadres", "e postadress", "e postadresse",
    ),
    "lms_user_id": ("lms user id", "canvas user id", "canvas id"),
    "login": (
        "sis login id", "login id", "username", "user name", "login", "benutzername",
        "anmeldename", "nom d utilisateur", "nombre de usuario", "nome utente",
        "nome de usuário", "gebruikersnaam", "användarnamn", "brukernavn", "brugernavn",
    ),
    "sis_user_id": (
        "sis user id", "sis id", "user id", "sid", "student id", "student number", "id number",
        "id nummer", "matrikelnummer", "numéro d identification", "número de id",
        "número de identificación", "codice identificativo", "número de identificação",
    ),
    "section": ("section", "sections", "section name"),
    "group": (
        "group", "groups", "group name", "gruppe", "gruppen", "groupe", "groupes", "grupo",
        "grupos", "gruppo", "gruppi", "groep", "groepen", "grupp", "grupper",
    ),
    "role": ("role", "roles", "rolle", "rôle"),
    # Moodle's number of a student in one assignment, such as "Participant 4711".
    "participant": ("identifier", "id der teilnehmer in", "identifiant", "identificador"),
}  # fmt: skip
_MEANINGS = {name: meaning for meaning, names in _NAMES.items() for name in names}
# "ID" is nbgrader's id of a student, but beside one of these it is Canvas's own number.
_OF_CANVAS = {"sis login id", "sis user id"}


def meanings(head: Sequence[str]) -> dict[str, int]:
    """What the columns of a class list say.

    Args:
        head: the column names, as they are in the file.

    Returns:
        "id", or a key of the table above → the index of the first column that says it.
    """
    plain = [plain_name(name) for name in head]
    own = bool(_OF_CANVAS & set(plain))
    found: dict[str, int] = {}
    for index, name in enumerate(plain):
        meaning = ("lms_user_id" if own else "id") if name == "id" else _MEANINGS.get(name)
        if meaning:
            found.setdefault(meaning, index)
    return found


def names_known(head: Sequence[str]) -> int:
    """How many columns of a class list say something that is known."""
    return len(meanings(head))


def plain_name(name: str) -> str:
    """A name without case, space at its ends and punctuation, for comparing."""
    letters = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\W_]+", " ", letters).strip()
