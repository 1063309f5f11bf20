"""The report's page of a large class with long names, on a telephone and on paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from workflows.browser import axe_violations, chromium_page

from autograder.records.gradebook import Submission
from autograder.report.attention import Look
from autograder.report.gather import UnitReport
from autograder.report.mistakes import NamedMistake, PartNumbers
from autograder.report.numbers import ExerciseNumbers, UnitNumbers
from autograder.report.page import report_page
from autograder.report.statistics import histogram, summarize

UNIT = "06-logistic-to-network"
LONG = "maximiliana.alexandrovna.von.hohenzollern.sigmaringen.{}"
# The least that browsers let one choose comfortably; a label below it cannot be read.
READABLE = 10


def large_report() -> UnitReport:
    scores = [number % 15 for number in range(200)]
    exercises = tuple(
        ExerciseNumbers(f"exercise{number}.backward", "Title", 2, 90, 0.45, 30, 1.2, 0.3)
        for number in range(12)
    )
    numbers = UnitNumbers(
        UNIT,
        14,
        tuple(Submission(LONG.format(number), {"x": score}) for number, score in enumerate(scores)),
        (),
        summarize(scores),
        tuple(histogram(scores, 14)),
        exercises,
    )
    name = "the derivative of the activation is left out where the network has two layers {}"
    mistakes = tuple(
        NamedMistake(name.format(n), 200 - 9 * n, {"x.y": 3}, "x.y", "def f():\n    return 1" * 9)
        for n in range(20)
    )
    looks = tuple(Look(LONG.format(n), "near-copy", "words " * 30) for n in range(40))
    return UnitReport(numbers, mistakes, (PartNumbers("O4", "x.y", "z", 9, 1),), looks, (), ())


def test_an_example_of_one_student_is_not_one_of_many() -> None:
    report = large_report()
    alone = replace(report.mistakes[0], students=1)
    page = report_page("course", "today", [replace(report, mistakes=(alone,))], {})
    assert "by the only one:" in page
    assert "one of 1:" not in page


def test_a_large_class_reads_on_a_telephone_and_on_paper(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(report_page("course", "today", [large_report()], {}), "utf-8")
    with chromium_page(tmp_path / "profile") as page:
        page.goto(file.as_uri())
        page.set_viewport_size({"width": 380, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == 380
        drawn = page.locator("svg").evaluate_all(
            "all => all.map(one => 13 * one.clientWidth / one.viewBox.baseVal.width)"
        )
        assert len(drawn) == 3
        assert min(drawn) >= READABLE
        assert page.evaluate(OVERLAPS) == []
        assert axe_violations(page) == []
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 720, "height": 1000})
        assert page.evaluate("document.documentElement.scrollWidth") == 720


def test_two_units_on_one_page_are_clean_to_axe(tmp_path: Path) -> None:
    one = large_report()
    other = replace(one, numbers=replace(one.numbers, unit="02-computation-graphs"))
    file = tmp_path / "report.html"
    file.write_text(report_page("course", "today", [one, other], {}), "utf-8")
    with chromium_page(tmp_path / "profile") as page:
        page.goto(file.as_uri())
        assert axe_violations(page) == []


# Labels of a chart that cover one another, or that its edge cuts off.
OVERLAPS = """() => [...document.querySelectorAll("svg")].flatMap(svg => {
  const width = svg.viewBox.baseVal.width;
  const texts = [...svg.querySelectorAll("text")].map(one => [one.textContent, one.getBBox()]);
  const meet = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width
    && a.y + 2 < b.y + b.height && b.y + 2 < a.y + a.height;
  return texts.flatMap(([text, a], i) => [
    ...(a.x < 0 || a.x + a.width > width ? [`${text} is cut off`] : []),
    ...texts.slice(i + 1).filter(([, b]) => meet(a, b)).map(([other]) => `${text} | ${other}`),
  ]);
})"""
