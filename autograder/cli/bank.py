"""`course-bp bank`: runs every known mistake and every right answer over many seeds."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from autograder.files.clean import terminal

if TYPE_CHECKING:
    from autograder.bank.run import Tally
    from autograder.bank.table import Row
    from autograder.bank.trials import Trial

EXIT_TROUBLE = 1
SEEDS = 40


def bank(
    exercise: Annotated[
        list[str] | None,
        typer.Option(help="Only this exercise; may be repeated. Prints its row."),
    ] = None,
    update: Annotated[
        bool, typer.Option("--update", help="Put the rows of --exercise into the page.")
    ] = False,
    seeds: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="How many times to draw inputs. Default: 40, or with --update what the page says.",
        ),
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="How many processes.")] = 2,
    mutants: Annotated[
        int | None,
        typer.Option(
            min=0,
            help="Instead, change each right answer in this many ways, as people err (0: in every "
            "way), and half as many times in two ways at once, and list what earns all points by "
            "luck. Unless it is 0, say too how many of the refused ones are named or get a clue "
            "that says where to look.",
        ),
    ] = None,
    untold: Annotated[
        bool,
        typer.Option("--untold", help="With --mutants, list those about which nothing is said."),
    ] = False,
    rewrites: Annotated[
        int | None,
        typer.Option(
            min=0,
            help="Instead, rewrite each right answer in this many ways that keep its meaning (0: "
            "in all), and list what loses points, in the check or in grading.",
        ),
    ] = None,
    page: Annotated[
        Path | None,
        typer.Option(
            help="Where to write the table. Default: docs/mistakes-table.md, docs/adversary.md or "
            "docs/mirror.md."
        ),
    ] = None,
) -> None:
    """Test the tests: is every known mistake refused and named, and every right answer accepted?

    Exit status: 0 when everything went as it should, 1 when a mistake passes or gets the wrong
    name, or a right answer is refused.
    """
    from autograder.bank.table import bank_page, row_of
    from autograder.bank.trials import ADVERSARY, MIRROR, exercises
    from autograder.files.ledger import replace_file

    known = exercises()
    try:
        chosen = [known.find(id).id for id in exercise or known]
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--exercise") from None
    console = Console()
    if mutants is not None and rewrites is not None:
        raise typer.BadParameter("either this or --mutants", param_hint="--rewrites")
    if untold and mutants is None:
        raise typer.BadParameter("only with --mutants", param_hint="--untold")
    for sample, trial in ((mutants, ADVERSARY), (rewrites, MIRROR)):
        if sample is not None:
            _try_out(trial, chosen, sample, seeds or 1, workers, page, update, untold, console)
            return
    page = page or Path("docs/mistakes-table.md")
    rows: dict[str, Row] = {}
    if update:
        rows, published = _published(page)
        if seeds not in (None, published):
            raise typer.BadParameter(f"the page has {published} seeds", param_hint="--seeds")
        seeds = published
    seeds = seeds or SEEDS
    tallies = _run(chosen, seeds, workers, console)
    rows |= {id: row_of(known[id], tally) for id, tally in tallies.items()}
    if exercise and not update:
        console.print(bank_page(rows, seeds).split("\n\n")[-1], markup=False, soft_wrap=True)
    else:
        replace_file(page, bank_page({id: rows[id] for id in known if id in rows}, seeds))
        console.print(f"{page}", markup=False)
    trouble = [f"{id}: {line}" for id, tally in tallies.items() for line in tally.trouble]
    for line, count in Counter(line.split(": seed")[0] for line in trouble).items():
        console.print(f"[bold]{terminal(line)}[/bold]: {count} times, for example")
        console.print(next(each for each in trouble if each.startswith(line)), markup=False)
    if any(t.refused < t.wrong or t.misnamed or t.accepted < t.right for t in tallies.values()):
        raise typer.Exit(EXIT_TROUBLE)


def _published(page: Path) -> tuple[dict[str, Row], int]:
    from autograder.bank.table import read_page

    try:
        return read_page(page.read_text("utf-8"))
    except (OSError, ValueError) as error:
        why = f"{page} cannot be updated: {error}"
        raise typer.BadParameter(why, param_hint="--page") from None


def _try_out(
    trial: Trial,
    chosen: list[str],
    sample: int,
    seed: int,
    workers: int,
    page: Path | None,
    update: bool,
    untold: bool,
    console: Console,
) -> None:
    """Changes right answers, by the adversary or its mirror, and reports what should not be."""
    from autograder.bank.trials import exercises
    from autograder.files.ledger import replace_file

    known = exercises()
    target = page or Path(f"docs/{trial.name}.md")
    rows = _rows_before(trial, target, sample) if update else {}
    found = _tried(trial, chosen, sample, seed, workers, console)
    rows |= {id: trial.row(known.find(id), *found[id]) for id in chosen}
    text = trial.laid_out({id: rows[id] for id in known if id in rows}, sample)
    if len(chosen) == len(known) or page or update:
        replace_file(target, text)
        console.print(f"{target}", markup=False)
    else:
        console.print(text[text.index("| Exercise") :], markup=False, soft_wrap=True)
    results = {id: one for id, (_, one) in found.items()}
    trouble = [line for id, one in results.items() for line in trial.trouble(id, one)]
    for line in [*trial.said(results, untold), *trouble]:
        console.print(terminal(line), markup=False, soft_wrap=True)
    if trouble:
        raise typer.Exit(EXIT_TROUBLE)


def _rows_before(trial: Trial, page: Path, sample: int) -> dict[str, Any]:
    from autograder.bank.trials import sample_of

    try:
        text = page.read_text("utf-8")
    except (OSError, ValueError) as error:
        why = f"{page} cannot be updated: {error}"
        raise typer.BadParameter(why, param_hint="--page") from None
    if sample_of(text) != sample:
        why = f"{page} was made with {sample_of(text)} changes of each answer, not {sample}"
        raise typer.BadParameter(why, param_hint="--update")
    return trial.read(text)


def _tried(
    trial: Trial, chosen: list[str], sample: int, seed: int, workers: int, console: Console
) -> dict[str, tuple[int, Any]]:
    from autograder.cli.tables import progress_bar

    found: dict[str, tuple[int, Any]] = {}
    with (
        ProcessPoolExecutor(workers) as pool,
        progress_bar(console, trial.name, len(chosen)) as advance,
    ):
        running = {pool.submit(trial.run, id, sample, seed): id for id in chosen}
        for future in as_completed(running):
            id = running[future]
            found[id] = future.result()
            advance(id)
            if not console.is_terminal:
                # There a progress bar is not shown, and the run takes long.
                console.print(f"{len(found)} of {len(chosen)}: {id}", markup=False)
    return {id: found[id] for id in chosen}


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
    from autograder.bank.trials import exercises

    return run_bank(exercises()[id], seed)
