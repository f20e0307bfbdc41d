"""The only place with Qt: the window, its pages and dialogs."""
