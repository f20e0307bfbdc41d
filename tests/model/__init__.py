"""The valuation a second time, from the written rules alone, and what holds the program against it."""
