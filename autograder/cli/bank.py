"""`course-bp bank`: runs every known mistake and every right answer over many seeds."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from autograder.files.clean import terminal

if TYPE_CHECKING:
    from autograder.bank.run import Tally

EXIT_TROUBLE = 1


def bank(
    exercise: Annotated[
        list[str] | None,
        typer.Option(help="Only this exercise; may be repeated. Writes no page."),
    ] = None,
    seeds: Annotated[int, typer.Option(min=1, help="How often inputs are drawn.")] = 40,
    workers: Annotated[int, typer.Option(min=1, help="How many processes.")] = 2,
    page: Annotated[Path, typer.Option(help="Where to write the table.")] = Path(
        "docs/mistakes-table.md"
    ),
) -> None:
    """Test the tests: is every known mistake refused and named, every right answer accepted?

    Exit status: 0 when everything went as it should, 1 when a mistake passes or gets the wrong
    name, or a right answer is refused.
    """
    from autograder.bank.table import bank_page
    from autograder.exercises import EXERCISES, find
    from autograder.files.ledger import replace_file

    try:
        chosen = [find(id).id for id in exercise or EXERCISES]
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--exercise") from None
    console = Console()
    tallies = _run(chosen, seeds, workers, console)
    text = bank_page(tallies, seeds)
    if exercise:
        console.print(text.split("\n\n")[-1], markup=False, soft_wrap=True)
    else:
        replace_file(page, text)
        console.print(f"{page}", markup=False)
    trouble = [f"{id}: {line}" for id, tally in tallies.items() for line in tally.trouble]
    for line, count in Counter(line.split(": seed")[0] for line in trouble).items():
        console.print(f"[bold]{terminal(line)}[/bold]: {count} times, for example")
        console.print(next(each for each in trouble if each.startswith(line)), markup=False)
    if any(t.refused < t.wrong or t.misnamed or t.accepted < t.right for t in tallies.values()):
        raise typer.Exit(EXIT_TROUBLE)


def _run(chosen: list[str], seeds: int, workers: int, console: Console) -> dict[str, Tally]:
    from autograder.bank.run import Tally
    from autograder.cli.tables import progress_bar

    tallies = {id: Tally() for id in chosen}
    with (
        ProcessPoolExecutor(workers) as pool,
        progress_bar(console, "bank", len(chosen) * seeds) as advance,
    ):
        running = {
            pool.submit(_run_one, id, seed): id for id in chosen for seed in range(1, seeds + 1)
        }
        for future in as_completed(running):
            id = running[future]
            tallies[id] += future.result()
            advance(id)
    return tallies


def _run_one(id: str, seed: int) -> Tally:
    from autograder.bank.run import run_bank
    from autograder.exercises import EXERCISES

    return run_bank(EXERCISES[id], seed)
