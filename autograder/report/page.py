"""The report as one HTML page: no script, no request, every chart with its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autograder.files.clean import html
from autograder.records.standing import together
from autograder.report.charts import bars_chart, histogram_chart
from autograder.report.gather import UnitReport
from autograder.report.numbers import UNGRADED
from autograder.report.page_tables import Row, number, page_table, percent, scrolling
from autograder.report.regraded import by_exercise

MAX_MISTAKES = 12
MAX_CHANGES = 200
LABEL = 52
STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff;
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.7rem; } h2 { margin-top: 3rem; border-bottom: 2px solid #1a1a1a; }
h3 { margin-top: 2rem; }
table { border-collapse: collapse; margin: .5rem 0 1rem; }
caption { text-align: left; color: #4a4a4a; padding-bottom: .3rem; }
th, td { text-align: left; padding: .2rem .9rem .2rem 0; border-bottom: 1px solid #d0d0d0;
  vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
pre { background: #f2f2f2; padding: .6rem; overflow-x: auto; font-size: .85rem; }
svg { max-width: 100%; height: auto; display: block; }
.scroll { overflow-x: auto; }
.scroll svg { min-width: 34rem; }
@media print {
  pre { white-space: pre-wrap; } .scroll { overflow: visible; }
  svg, tr { break-inside: avoid; } h2, h3, h4, caption { break-after: avoid; }
}
"""


def report_page(
    title: str, made: str, reports: Sequence[UnitReport], objectives: Mapping[str, str]
) -> str:
    """Writes the page.

    Args:
        title: the course's name.
        made: when it was made, in words.
        reports: one a unit.
        objectives: objectives of deck D0 in words.

    Returns:
        A whole HTML document.
    """
    links = "".join(
        f"<li><a href='#{html(one.numbers.unit)}'>{html(one.numbers.named)}</a></li>"
        for one in reports
    )
    units = "".join(_unit(one, objectives) for one in reports)
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; "
        "style-src 'unsafe-inline'\">"
        f"<title>Report: {html(title)}</title><style>{STYLE}</style></head><body>"
        f"<header><h1>Report: {html(title)}</h1><p>Made {html(made)}. Distributions and means are "
        "before late penalties.</p>"
        f"</header><nav aria-label='Units'><ul>{links}</ul></nav><main>{units}</main>"
        "</body></html>\n"
    )


def _unit(report: UnitReport, objectives: Mapping[str, str]) -> str:
    unit, named = html(report.numbers.unit), html(report.numbers.named)
    sections = [
        _first(report),
        _scores(report),
        _exercises(report),
        _mistakes(report),
        _parts(report, objectives),
        _comments(report),
        _looks(report),
        _copies(report),
        _changes(report),
    ]
    body = "".join(sections)
    return f"<section aria-labelledby='{unit}'><h2 id='{unit}'>{named}</h2>{body}</section>"


def _first(report: UnitReport) -> str:
    rows: list[Row] = [
        (names, str(kind), words) for names, kind, words in together(report.standings)
    ]
    if not rows:
        return "<h3>What to know first</h3><p>Everybody is graded, in time.</p>"
    caption = "Who is missing, not graded, penalised, or still to grade by hand"
    return "<h3>What to know first</h3>" + page_table(caption, ("student", "what", "why"), rows)


def _scores(report: UnitReport) -> str:
    numbers = report.numbers
    maximum = f"The maximum is {number(numbers.points)}" + f"; {UNGRADED}" * bool(numbers.waiting)
    said = f"<h3>Scores</h3><p>{'; '.join(numbers.counts)}. {maximum}.</p>"
    one = numbers.summary
    if one is None:
        return said
    names = ["mean", "standard deviation", "lowest", "lower quartile", "median"]
    names += ["upper quartile", "highest"]
    values = (one.mean, one.deviation, one.low, one.lower, one.median, one.upper, one.high)
    before = ", before late penalties" * bool(numbers.late)
    title = f"Histogram of the scores in {numbers.unit}{before}"
    chart = scrolling(title, histogram_chart(numbers.classes, title))
    classes = [(f"{number(low)} to {number(high)}", count) for low, high, count in numbers.classes]
    return (
        said
        + page_table(f"Distribution of the scores{before}", names, [values])
        + chart
        + page_table(
            "Students by points (the upper end belongs to the next row)",
            ("points", "students"),
            classes,
        )
    )


def _exercises(report: UnitReport) -> str:
    numbers = report.numbers.exercises
    if not numbers:
        return ""
    title = f"Share of the class with full points in each exercise of {report.numbers.unit}"
    bars = [(one.id, one.pass_rate or 0.0, percent(one.pass_rate)) for one in numbers]
    chart = scrolling(title, bars_chart(bars, title))
    head = ("exercise", "points", "full points", "pass rate", "no points", "mean", "discrimination")
    rows: list[Row] = [
        (
            one.id,
            one.points,
            one.solved if one.known else "–",
            percent(one.pass_rate),
            one.nothing if one.known else "–",
            "–" if one.mean is None else one.mean,
            "–" if one.discrimination is None else f"{one.discrimination:.2f}",
        )
        for one in numbers
    ]
    return (
        "<h3>Exercises</h3>"
        + chart
        + page_table("Pass rate: the share with full points", head, rows)
        + "<p>Discrimination is the point-biserial correlation of full points in the exercise with "
        "the points in the other exercises of the unit. Below 0.2 the exercise says little about "
        "who can do the rest; below 0, look at the exercise itself. There is no value if everybody "
        "or nobody has full points.</p>"
    )


def _mistakes(report: UnitReport) -> str:
    found = report.mistakes
    if not found:
        return "<h3>Named mistakes</h3><p>None were found.</p>"
    graded = max(len(report.numbers.graded), 1)
    rows: list[Row] = [
        (
            one.name,
            one.students,
            f"{one.students / graded:.0%}",
            ", ".join(f"{id} ({count})" for id, count in one.exercises.items()),
        )
        for one in found
    ]
    title = f"How many students made the most frequent mistakes of {report.numbers.unit}"
    bars = [
        (_short(one.name), one.students / graded, f"{one.students}") for one in found[:MAX_MISTAKES]
    ]
    chart = scrolling(title, bars_chart(bars, title, label_width=380))
    examples = "".join(
        f"<h4>{html(one.name)}</h4><p>In {html(one.example_exercise)}, "
        f"{_one_of(one.students)}:</p><pre tabindex='0'>{html(one.example)}</pre>"
        for one in found[:MAX_MISTAKES]
        if one.example
    )
    head = ("looks like", "students", "of those graded", "where (students)")
    return (
        "<h3>Named mistakes</h3>"
        + chart
        + page_table("By number of students", head, rows)
        + f"<h3>{_how_many_examples(len(found))}</h3>"
        + examples
    )


def _one_of(students: int) -> str:
    return f"one of {students}" if students > 1 else "by the only one"


def _how_many_examples(found: int) -> str:
    if found <= MAX_MISTAKES:
        return "An example of each"
    return f"An example of each of the {MAX_MISTAKES} most frequent"


def _parts(report: UnitReport, objectives: Mapping[str, str]) -> str:
    rows: list[Row] = [
        (
            one.objective
            + (f": {objectives[one.objective]}" if one.objective in objectives else ""),
            one.exercise,
            one.part,
            f"{one.earned}\u00a0of\u00a0{one.asked}",
            f"{one.lost_share:.0%}",
        )
        for one in report.parts
        if one.lost_share > 0
    ]
    if not rows:
        return "<h3>Hardest parts by objective</h3><p>Everybody was right in every part.</p>"
    head = ("objective", "exercise", "part", "right for", "missed by")
    caption = "Parts that somebody missed, hardest first for each objective"
    return "<h3>Hardest parts by objective</h3>" + page_table(caption, head, rows)


def _comments(report: UnitReport) -> str:
    rows: list[Row] = list(report.numbers.comments)
    if not rows:
        return ""
    caption = "What the graders wrote for students"
    return "<h3>Comments</h3>" + page_table(caption, ("student", "exercise", "comment"), rows)


def _looks(report: UnitReport) -> str:
    if not report.looks:
        return "<h3>Students to look at</h3><p>Nobody stands out.</p>"
    rows = [(look.student, look.kind, look.words) for look in report.looks]
    caption = "Signs, not verdicts: read the submission first"
    return "<h3>Students to look at</h3>" + page_table(caption, ("student", "why", "what"), rows)


def _copies(report: UnitReport) -> str:
    if not report.pairs:
        return ""
    parts = [
        f"<h4>{html(', '.join(pair.students))}: {pair.similarity:.0%}</h4>"
        + "".join(f"<pre tabindex='0'>{html(text)}</pre>" for text in pair.passages[:2])
        for pair in report.pairs[:20]
    ]
    return (
        "<h3>Near-copies</h3><p>Passages that only these students share, apart from names of "
        "variables, "
        "as the first student wrote them.</p>" + "".join(parts)
    )


def _changes(report: UnitReport) -> str:
    if not report.changes:
        return ""
    exercises: list[Row] = [
        (one.exercise, one.changed, one.up, one.down, one.before, one.after, one.by_hand)
        for one in by_exercise(report.changes)
    ]
    head = ("exercise", "scores changed", "up", "down", "mean before", "mean after", "by hand")
    rows: list[Row] = [
        (
            one.student,
            one.exercise,
            one.before,
            one.after,
            one.after if one.counts is None else one.counts,
            "by hand" if one.by_hand else "",
        )
        for one in report.changes[:MAX_CHANGES]
    ]
    more = len(report.changes) - len(rows)
    whose = f"Whose ({more} more are not shown)" if more else "Whose"
    return (
        "<h3>Before and after a regrade</h3>"
        + page_table(
            "The same submissions, graded again with a changed exercise or grader", head, exercises
        )
        + page_table(whose, ("student", "exercise", "before", "after", "counts", "given"), rows)
    )


def _short(name: str) -> str:
    """A name that fits beside its bar; its beginning and its end, which may tell it from others."""
    return name if len(name) <= LABEL else f"{name[: LABEL - 21]}…{name[-20:]}"
