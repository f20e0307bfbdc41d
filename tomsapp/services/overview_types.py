"""The records that `overview` hands out. Loads the data frames: import it for type checking only."""

from tomsapp.dashboards.attention import Checked
from tomsapp.dashboards.cube import Cube
from tomsapp.dashboards.delivery_cube import DeliveryCube
from tomsapp.dashboards.figures import OverviewFigures
from tomsapp.dashboards.lines import PortfolioLine
from tomsapp.dashboards.notes import PortfolioNote

__all__ = ["Checked", "Cube", "DeliveryCube", "OverviewFigures", "PortfolioLine", "PortfolioNote"]
