"""An IPython shell that keeps what cells show, up to a limit, as nbformat outputs."""

from __future__ import annotations

import ast
import re
import sys
import warnings
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.inputtransformer2 import TransformerManager
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from autograder.inside.asking import Withheld

CUT = "\n[the rest of the output was cut off]\n"


class Outputs:
    """The outputs of the running cell.

    Args:
        limit: how many characters one cell may show.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.start()

    def start(self) -> None:
        """Forgets the outputs of the cell before."""
        self.list: list[dict[str, Any]] = []
        self.room = self.limit

    def stream(self, name: str, text: str) -> None:
        """Adds text of stdout or stderr."""
        if self.room <= 0:
            return
        if len(text) > self.room:
            text = text[: self.room] + CUT
        self.room -= len(text)
        last = self.list[-1] if self.list else {}
        if last.get("output_type") == "stream" and last.get("name") == name:
            last["text"].append(text)
        else:
            self.list.append({"output_type": "stream", "name": name, "text": [text]})

    def data(self, kind: str, data: Any) -> None:
        """Adds a display or a result."""
        kept = {}
        for mime in ("image/png", "text/plain"):
            content = data.get(mime)
            if isinstance(content, bytes):
                from base64 import b64encode

                content = b64encode(content).decode()
            if isinstance(content, str) and len(content) <= self.room:
                kept[mime] = content
                self.room -= len(content)
        if kept:
            self.list.append({"output_type": kind, "data": kept})

    def error(self, name: str, value: str, lines: list[str]) -> None:
        """Adds an error with its traceback."""
        self.list.append(
            {
                "output_type": "error",
                "ename": name[:200],
                "evalue": value[:2000],
                "traceback": [line.rstrip("\n")[:4000] for line in lines[-30:]],
            }
        )

    def finished(self) -> list[dict[str, Any]]:
        """The outputs, with the pieces of each stream joined."""
        for output in self.list:
            if output["output_type"] == "stream":
                output["text"] = "".join(output["text"])
        return self.list


class Stream:
    """A text stream that writes into the outputs."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, name: str, outputs: Outputs) -> None:
        self.name = name
        self.outputs = outputs

    def write(self, text: str) -> int:
        """Adds text to the outputs."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self.outputs.stream(self.name, text)
        return len(text)

    def writelines(self, lines: Any) -> None:
        """Adds several texts."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Nothing is held back."""

    def isatty(self) -> bool:
        """It is not a terminal."""
        return False

    def writable(self) -> bool:
        """It can be written to."""
        return True


class _Publisher(DisplayPublisher):
    shell: Shell

    def publish(self, data: Any, *ignored: Any, **also_ignored: Any) -> None:
        self.shell.outputs.data("display_data", data)

    def clear_output(self, wait: bool = False) -> None:
        self.shell.outputs.start()


class _Result(DisplayHook):
    shell: Shell

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        self.shell.outputs.data("execute_result", format_dict)

    def finish_displayhook(self) -> None:
        pass


class _Transformers(TransformerManager):
    """IPython's own, which looks at no token of a cell that is Python already."""

    def do_token_transforms(self, lines: list[str]) -> list[str]:
        if self.token_transformers == _USUAL and _is_plain("".join(lines)):
            return lines
        return super().do_token_transforms(lines)  # type: ignore[no-any-return, no-untyped-call]


_USUAL = TransformerManager().token_transformers  # type: ignore[no-untyped-call]
# What magic commands, help and calls of the system begin with.
_SIGNS = re.compile(r"[%?]|!(?!=)|^\s*[,;/]", re.MULTILINE)


def _is_plain(text: str) -> bool:
    """Whether a cell has none of these, or is Python with them, which takes longer to find out."""
    if not _SIGNS.search(text):
        return True
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # They are given when it is compiled.
        try:
            ast.parse(text)
        except Exception:
            return False
    return True


class Shell(InteractiveShell):
    """IPython without a terminal, a kernel, a history or threads."""

    displayhook_class = Type(_Result)
    display_pub_class = Type(_Publisher)
    outputs = Outputs(100_000)

    def enable_gui(self, gui: Any = None) -> None:
        """There is no window to show anything in."""

    def should_run_async(self, raw_cell: str, **known: Any) -> bool:
        """Whether a cell waits for something; that it does not is seen without compiling it."""
        waits = "await" in raw_cell or "async" in raw_cell
        return waits and super().should_run_async(raw_cell, **known)

    def ask_exit(self) -> None:
        """`exit` in a cell ends nothing."""

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        if issubclass(etype, Withheld):
            # A cell of the unit compares with the library, which is not there to compare with.
            self.outputs.stream("stdout", f"({evalue})\n")
            return
        self.outputs.error(etype.__name__, str(evalue), stb)


def new_shell() -> Shell:
    """Starts the one shell of this process and warms it up."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    # The traceback with context costs as much as all the rest of an ordinary notebook.
    config.InteractiveShell.xmode = "Plain"
    config.InteractiveShell.cache_size = 100
    config.InteractiveShell.ast_node_interactivity = "last_expr"
    shell = Shell.instance(config=config)
    shell.input_transformer_manager = _Transformers()  # type: ignore[no-untyped-call]
    for cell in ("%matplotlib inline", "1 + 1", "1 / 0", "_ = None"):
        shell.run_cell(cell, store_history=False)  # type: ignore[no-untyped-call]
    return shell


def capture(shell: Shell, limit: int) -> Outputs:
    """Directs all that is shown into fresh outputs."""
    shell.outputs = Outputs(limit)
    sys.stdout = Stream("stdout", shell.outputs)
    sys.stderr = Stream("stderr", shell.outputs)
    return shell.outputs
