"""Writing SVG: elements with escaped text, keys for the player, and one style for all pictures."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from xml.etree import ElementTree

SCRIPTS = ("stage", "frame", "controls", "question", "player", "recording")
Element = ElementTree.Element
Patch = tuple[str, str, str]
"""A key, an attribute (or "text") and its new value: one change of a picture."""


def element(tag: str, *children: Element | str, **attributes: object) -> Element:
    """An SVG element.

    Args:
        tag: its name.
        children: elements, or the element's text.
        attributes: a trailing underscore is dropped (class_), other underscores become hyphens;
            numbers are rounded to tenths of a pixel; None leaves the attribute out.
    """
    made = ElementTree.Element(tag)
    for name, value in attributes.items():
        if value is not None:
            made.set(name.rstrip("_").replace("_", "-"), _written(value))
    for child in children:
        if isinstance(child, str):
            made.text = child
        else:
            made.append(child)
    return made


def _written(value: object) -> str:
    if isinstance(value, float):
        return f"{round(value, 1) + 0.0:g}" if abs(value) < 1e5 else f"{value:.0f}"
    return str(value)


def picture(
    width: float, height: float, title: str, description: str, *children: Element
) -> Element:
    """An <svg> with a title and a description, which is what a screen reader reads."""
    return element(
        "svg",
        element("title", title),
        element("desc", description),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        class_="bp-svg",
        role="img",
        aria_label=f"{title}. {description}",
        viewBox=f"0 0 {_written(width)} {_written(height)}",
        width=width,
        height=height,
    )


def apply_patches(root: Element, patches: Iterable[Patch]) -> None:
    """Make the changes that the player would make; later ones win."""
    by_key: dict[str, list[Element]] = {}
    for each in root.iter():
        for key in each.get("data-key", "").split():
            by_key.setdefault(key, []).append(each)
    for key, attribute, value in patches:
        for each in by_key.get(key, ()):
            if attribute == "text":
                each.text = value
            else:
                each.set(attribute, value)


def to_text(root: Element, with_style: bool = True) -> str:
    """The SVG as text; with its style it can stand alone."""
    return ElementTree.tostring(_with_style(root) if with_style else root, encoding="unicode")


def _with_style(root: Element) -> Element:
    styled = ElementTree.Element(root.tag, root.attrib)
    styled.append(element("style", static_file("picture.css")))
    styled.extend(list(root))
    return styled


@cache
def static_file(name: str) -> str:
    """The text of one of the package's own style sheets or scripts."""
    return files("course_bp.explore").joinpath("static", name).read_text("utf-8")


@cache
def script() -> str:
    """The one module that the browser gets."""
    return "".join(static_file(f"{name}.js") for name in SCRIPTS)
