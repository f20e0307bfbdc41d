"""The window in which somebody's table is shown, labelled, compared and brought in."""
