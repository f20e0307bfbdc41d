"""The entry: hands over to the command line, or to the window when no command is given."""

import sys

from tomsapp.room import HIDDEN


def main(arguments: list[str] | None = None) -> int:
    """Run tomsapp; the exit status is 0 without errors, 1 with Problems, 2 when something cannot be read."""
    given = sys.argv[1:] if arguments is None else arguments
    if given[:1] == [HIDDEN]:
        from tomsapp.room.child import enter

        enter(given[1:])
    from tomsapp.cli.bidders import bidders_file
    from tomsapp.cli.main import parse, run_command

    file = bidders_file(given)
    if file is not None:
        from tomsapp.gui.launch import launch_bidder

        return launch_bidder(file)

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
