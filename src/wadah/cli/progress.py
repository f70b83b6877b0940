"""One live line on a terminal: stage, best, bound, gap, seconds. Nothing at all where the output is piped."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from wadah.cli.words import number, percent, rupiah, say, stage

if TYPE_CHECKING:
    from wadah.planning.result import Progress


class ProgressLine:
    """Written over and over on standard error; wiped when done."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.on = sys.stderr.isatty()

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(self, *ended: object) -> None:
        if self.on:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def show(self, progress: Progress) -> None:
        if self.on:
            sys.stderr.write("\r" + self.text(progress)[: shutil.get_terminal_size().columns - 1] + "\x1b[K")
            sys.stderr.flush()

    def text(self, progress: Progress) -> str:
        best = "–" if progress.best is None else rupiah(progress.best)
        doing = stage(progress.stage, self.language)
        gap = "–" if progress.gap is None else percent(progress.gap, self.language)
        return (
            f"{doing:12} {best}  {say(self.language, 'bound')} {rupiah(progress.bound)}  "
            f"{say(self.language, 'gap')} {gap}  {number(progress.seconds, self.language, 1)} s"
        )
