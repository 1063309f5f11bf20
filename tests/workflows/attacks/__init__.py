"""Hostile and damaged submissions, each with what it may earn at most."""

from __future__ import annotations

from workflows.attacks.beside import HOLDING_WORK
from workflows.attacks.borrowing import BORROWING
from workflows.attacks.costly import COSTLY
from workflows.attacks.damaged import DAMAGED
from workflows.attacks.exhausting import EXHAUSTING
from workflows.attacks.forging import FORGING
from workflows.attacks.lingering import LINGERING_WORK
from workflows.attacks.notebook import Attack
from workflows.attacks.odd_folders import ODD_FOLDERS, ODD_NAMES
from workflows.attacks.stealing import STEALING

# Those that docs/attacks.md lists.
ATTACKS: tuple[Attack, ...] = (*FORGING, *BORROWING, *EXHAUSTING, *DAMAGED)
# All of them, by what they are after.
KINDS: dict[str, tuple[Attack, ...]] = {
    "another's answers": STEALING,
    "what the next one finds": LINGERING_WORK,
    "what everybody shares": HOLDING_WORK,
    "points": (*FORGING, *BORROWING),
    "time, memory and files": EXHAUSTING,
    "the grader's own process": COSTLY,
    "the folder": ODD_FOLDERS,
    "the folder's name": ODD_NAMES,
    "the notebook": DAMAGED,
}
