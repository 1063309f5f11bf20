"""A scene as one file of HTML: the same player, nothing fetched, no server."""

from __future__ import annotations

import json
from html import escape

from .scene import Scene
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
<main><h1>{title}</h1><div id="player"></div>
<noscript><p>Without JavaScript this page is a picture and a table.</p>{still}</noscript></main>
<script type="module">
{script}
showRecording(document.getElementById("player"), {data});
</script>
</body>
</html>
"""


def page(scene: Scene) -> str:
    """The page as text."""
    # "<" never stands in the data, so that nothing in it can end the script
    data = json.dumps(scene.data(), ensure_ascii=False).replace("<", "\\u003c")
    return _PAGE.format(
        title=escape(scene.title),
        style=static_file("picture.css") + static_file("player.css"),
        still=scene.html(),
        script=script(),
        data=data,
    )
