"""The parts of the Menu page: the tree, the measure, the comparison."""
