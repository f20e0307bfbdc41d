"""The entry: hands over to the command line, or to the window when no command is given."""

import sys

from tomsapp.room import HIDDEN


def main(arguments: list[str] | None = None) -> int:
    """Run tomsapp; the exit status is 0 without errors, 1 with Problems, 2 when something cannot be read."""
    given = sys.argv[1:] if arguments is None else arguments
    if given[:1] == [HIDDEN]:
        from tomsapp.room.child import enter

        enter(given[1:])
    if sys.stdout is None or sys.stderr is None:
        from tomsapp.gui.without_console import run_without_console

        return run_without_console(lambda: _run(given))
    return _run(given)


def _run(given: list[str]) -> int:
    """Run tomsapp where there is something to write to."""
    from tomsapp.cli.documents import NEW_WINDOW, documents_named

    named, in_new_window = [each for each in given if each != NEW_WINDOW], NEW_WINDOW in given
    files = documents_named(named)
    # Whoever starts it from a menu or by a file waits for no command line.
    if not files and named:
        return _run_words(given)
    from tomsapp.gui.launch import launch, launch_documents, launch_or_show

    if files:
        return launch_documents(files, in_new_window=in_new_window)
    return launch(None, ()) if in_new_window else launch_or_show(())


def _run_words(given: list[str]) -> int:
    """Run a command, or open the window as options say."""
    from tomsapp.cli.main import parse, run_command

    parsed = parse(given)
    if parsed.check_window:
        from tomsapp.gui.application import check_window

        return check_window()
    if parsed.command is not None:
        return run_command(parsed)
    from tomsapp.gui.launch import launch, launch_or_show

    if parsed.database is None and not parsed.new_window:
        return launch_or_show(parsed.menus)
    return launch(parsed.database, parsed.menus)


if __name__ == "__main__":
    sys.exit(main())
