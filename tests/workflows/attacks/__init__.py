"""Hostile and damaged submissions, each with what it may earn at most."""

from __future__ import annotations

from workflows.attacks.borrowing import BORROWING
from workflows.attacks.damaged import DAMAGED
from workflows.attacks.exhausting import EXHAUSTING
from workflows.attacks.forging import FORGING
from workflows.attacks.notebook import Attack

ATTACKS: tuple[Attack, ...] = (*FORGING, *BORROWING, *EXHAUSTING, *DAMAGED)
