"""The import of a register of 2,000 contracts in the real window, with 10,000 held: how long it does not answer.

Each step of a person is watched as in `bench_window`: 50 ms at a step, 100 ms while contracts are brought in.
Run: python -m tests.benchmarks.bench_import_window [rows [held]] [--stacks]
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks import MISSED
from tests.benchmarks.bench_register import SUPPLIERS, as_workbook, filled, names, rows_of
from tests.benchmarks.bench_window import MEANWHILE, Bench, _open, use_compiled

if TYPE_CHECKING:
    from tomsapp.gui.importing.import_window import ImportWindow

ROWS, HELD = 2_000, 10_000


def main(rows: int = ROWS, held: int = HELD) -> int:
    """Measure each step; `MISSED` when one is over."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        os.environ["TOMSAPP_HOME"] = folder
        use_compiled(home / "compiled")
        draw = random.Random(1)
        suppliers = list(dict.fromkeys(names(draw, min(SUPPLIERS, held))))
        register = home / "register.xlsx"
        register.write_bytes(as_workbook(list(rows_of(draw, suppliers, rows))))
        filled(home, suppliers, held).close()
        bench = Bench(home, stacks="--stacks" in sys.argv)
        try:
            bench.step("open the database", lambda: _open(bench, "council.db"), lambda: bench.session.is_open)
            import_register(bench, register)
        finally:
            bench.watchdog.stop()
            bench.session.set_workspace(None)
            bench.session.jobs.shut_down()
            bench.end()
    return MISSED if bench.is_over else 0


def import_register(bench: Bench, register: Path) -> None:
    """From the file to the contracts that came in."""
    from PySide6.QtWidgets import QApplication

    from tomsapp.exchange.labelled.labels import RowKind
    from tomsapp.gui.importing.open_import import open_contracts_import

    opened: list[ImportWindow] = []
    bench.step("open the import", lambda: opened.append(open_contracts_import(bench.session, bench.window)))
    window = opened[0]
    table, lines = window.table_step, window.lines_step
    bench.step("read the register", lambda: window.read_file(register), lambda: window._shown is not None)
    bench.step("scroll to its end", lambda: _to_end(table.view))
    first = 10
    bench.step("leave a row out", lambda: table.view.rows_labelled.emit([first], RowKind.NOT_READ))
    numbers = [row.number for row in window._state.table.book.sheets[0].rows[1:]] if window._state else []
    bench.step("take every row for a line", lambda: table.view.rows_labelled.emit(numbers, RowKind.LINE))
    bench.step("answer what is asked once", lambda: window._choose({"asked:supplier_kind": "sme"}))
    named = [one for one in window._shown.left_out if one.key.startswith("supplier:")] if window._shown else []
    bench.step(
        "say who a supplier is", lambda: window._choose({named[0].key: named[0].options[0].key} if named else {})
    )
    bench.step("say of all others that they are new", lambda: window._choose({one.key: "another" for one in named[1:]}))
    bench.step("go to the comparison", window.go_on, lambda: window.steps.currentWidget() is lines)
    bench.step("scroll to the end", lambda: _to_end(lines.view))
    keys = [line.key for line in window._shown.lines if line.options] if window._shown else []
    bench.step("leave a contract out", lambda: window._choose_for(keys[:1], "leave"))
    bench.step("leave all of them out", lambda: window._choose_for(keys, "leave"))
    bench.step("take all of them", lambda: window._choose_for(keys, "accept"))
    bench.step("fold a group", lambda: lines.view._fold(lines.view.lines.row_at(0)))
    bench.step("bring them in", window.go_on, lambda: not _is_open(window), MEANWHILE)
    QApplication.processEvents()


def _to_end(view: Any) -> None:
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())


def _is_open(window: ImportWindow) -> bool:
    try:
        return window.isVisible()
    except RuntimeError:
        return False


if __name__ == "__main__":
    sys.exit(main(*(int(each) for each in sys.argv[1:] if each.isdigit())))
