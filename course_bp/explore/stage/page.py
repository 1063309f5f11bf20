"""Scenes as one file of HTML: the same player, nothing fetched, no server."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from .scene import Recorded
from .still import Still
from .svg import script, static_file

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline';
  style-src 'unsafe-inline'; img-src data:">
<title>{title}</title>
<style>{style}</style>
</head>
<body class="bp-page">
<main>
{body}
</main>
<script type="module">
{script}
{calls}
</script>
</body>
</html>
"""
_PLAYER = """<div id="{name}"></div>
<noscript><p>Without JavaScript this is a picture and a table.</p>{still}</noscript>"""
_CALL = 'showRecording(document.getElementById("{name}"), {data});'
SEVERAL = "Pictures that move"


def write_page(
    path: str | Path, parts: Sequence[Still | Iterable[Recorded]], title: str = ""
) -> Path:
    """Write a page of pictures and of players, each of which has its scenes.

    Args:
        path: of the file.
        parts: pictures, and for each player its scenes with the values that they belong to, the
            one to begin with first.
        title: of the page; by default that of its only part.
    """
    shown, calls = [], []
    for number, part in enumerate(parts):
        if isinstance(part, Still):
            shown.append((part.title, "", part.html()))
            continue
        scenes = list(part)
        first = scenes[0][1]
        name = f"player{number}"
        shown.append((first.title, name, _PLAYER.format(name=name, still=first.html())))
        calls.append(_CALL.format(name=name, data=_as_script(scenes)))
    headed = len(shown) > 1 or bool(title)
    title = title or (SEVERAL if headed else shown[0][0])
    sections = [
        f"<section>{_heading('h2', heading, name) if headed else ''}\n{body}\n</section>"
        for heading, name, body in shown
    ]
    text = _PAGE.format(
        title=escape(title),
        style=static_file("picture.css") + static_file("player.css"),
        body="\n".join([_heading("h1", title, "" if headed else shown[0][1]), *sections]),
        script=script(),
        calls="\n".join(calls),
    )
    path = Path(path)
    path.write_text(text, "utf-8")
    return path


def _heading(tag: str, text: str, player: str) -> str:
    """A heading, which follows its player's title."""
    follows = f' data-title-of="{player}"' if player else ""
    return f"<{tag}{follows}>{escape(text)}</{tag}>"


def _as_script(scenes: Sequence[Recorded]) -> str:
    data = [{"values": dict(values), "scene": scene.data()} for values, scene in scenes]
    # "<" never stands in the data, so that nothing in it can end the script
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
