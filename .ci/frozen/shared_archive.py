"""Runs first in each frozen program: its compiled modules are in the one archive that the programs share."""

import os
import sys

# PyInstaller opens an archive by its path and where in the file it begins.
sys._pyinstaller_pyz = f"{sys._MEIPASS}{os.sep}modules.pyz?0"
