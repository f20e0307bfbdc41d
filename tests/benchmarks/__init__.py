"""What `make bench` measures: each file runs alone, and takes a size of its own for a short run."""

import resource

MISSED = 3
"""The exit status of a benchmark that ran to its end and missed what is to be reached; a fault gives another."""


def processor_time() -> float:
    """Seconds of the processor until now, those of the processes that were started and ended included."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)
