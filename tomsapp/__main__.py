"""The entry: hands over to the command line, or to the window when no command is given."""

import sys


def main(arguments: list[str] | None = None) -> int:
    """Run tomsapp; the exit status is 0 without errors, 1 with Problems, 2 when something cannot be read."""
    from tomsapp.cli.main import parse, run_command

    given = sys.argv[1:] if arguments is None else arguments
    parsed = parse(given)
    if parsed.check_window:
        from tomsapp.gui.application import check_window

        return check_window()
    if parsed.command is None:
        from tomsapp.gui.launch import launch

        return launch(parsed.database, parsed.menus)
    return run_command(parsed)


if __name__ == "__main__":
    sys.exit(main())
