"""What was measured and what it means: slices, rounds of slices, medians, ratios of pairs, and the table they make."""

import statistics
from dataclasses import asdict, dataclass

FEWEST = 3  # undisturbed slices or pairs for which the disturbed ones are left out


@dataclass
class Slice:
    """A second or so of load on one proxy. Times per request are microseconds, latencies milliseconds."""

    us: float         # CPU time of the proxy per request, user + system: the figure to compare
    user: float
    sys: float
    rps: float
    p50: float
    p99: float
    rss_mb: float
    errors: int
    load_core: float  # percent the load generator was busy; near 100 it, not the proxy, is what limits rps
    steal: float      # percent of the machine's time that its host took
    others: float     # percent used by processes that are neither the proxy nor the load generator
    calls: float = 0.0     # of its Redis, per second
    per_read: float = 0.0  # calls its Redis took from the connection with one system call
    redis_us: float = 0.0  # CPU time of Redis for a call

    @staticmethod
    def of(raw, rss_mb, others, cpus):
        requests, seconds = max(raw['requests'], 1), raw['seconds']
        user, system = raw['user'] * 1e6 / requests, raw['sys'] * 1e6 / requests
        return Slice(us=user + system, user=user, sys=system, rps=raw['requests'] / seconds, p50=raw['p50'],
                     p99=raw['p99'], rss_mb=rss_mb, errors=raw['errors'], load_core=100 * raw['load'] / seconds,
                     steal=100 * raw['steal'] / seconds / cpus, others=others)


class Rounds:
    """Rounds of slices, one per proxy and round: those of a round lie close in time, so their ratio outlives noise."""

    def __init__(self, steal, others, wanted):
        self.steal, self.others, self.fewest, self.rounds = steal, others, min(FEWEST, wanted), []

    def add(self, slices):
        """A round: the slices by the name of their proxy."""
        self.rounds.append(slices)

    def clean(self, *slices):
        return all(each.steal <= self.steal and each.others <= self.others for each in slices)

    def every(self, *names):
        return [tuple(each[name] for name in names) for each in self.rounds if all(name in each for name in names)]

    def undisturbed(self, *names):
        return [slices for slices in self.every(*names) if self.clean(*slices)]

    def best(self, *names):
        """What was not disturbed; everything if that is too little, for a median of all still says more than one."""
        clean = self.undisturbed(*names)
        return clean if len(clean) >= self.fewest else self.every(*names)

    def values(self, name, figure):
        return [getattr(slice_, figure) for slice_, in self.best(name)]

    def median(self, name, figure):
        return statistics.median(self.values(name, figure))

    def span(self, name, figure, digits):
        values = self.values(name, figure)
        return f'{min(values):.{digits}f}–{max(values):.{digits}f}'

    def ratio(self, name, base, figure='us'):
        """Median and span of the ratios of pairs, or None."""
        values = [getattr(a, figure) / getattr(b, figure) for a, b in self.best(name, base) if getattr(b, figure)]
        if not values:
            return None
        disturbed = len(self.undisturbed(name, base)) < self.fewest
        return Ratio(statistics.median(values), min(values), max(values), len(values), disturbed)

    def as_json(self):
        return [{name: asdict(slice_) for name, slice_ in each.items()} for each in self.rounds]


@dataclass
class Ratio:
    median: float
    low: float
    high: float
    pairs: int
    disturbed: bool  # too few pairs were undisturbed, so that all are in it

    def __str__(self):
        return f'{"~" if self.disturbed else ""}{self.median:.2f} ({self.low:.2f}–{self.high:.2f})'


@dataclass
class Aim:
    """A line of the table of aims, and what was measured for it."""

    work: str
    proxy: str
    limit: float
    against: str
    ratio: Ratio

    @property
    def met(self):
        return round(self.ratio.median, 2) <= self.limit

    def __str__(self):
        pairs = f'{self.ratio.pairs} {"disturbed " if self.ratio.disturbed else ""}pairs'
        return (f'{self.work}: {self.proxy} {self.ratio.median:.2f} × {self.against} '
                f'(aim ≤ {self.limit:.2f}, {pairs}): {"met" if self.met else "MISSED"}')


def table(rows):
    """A Markdown table of rows that map heading to cell, padded so that it is read as easily in a terminal."""
    lines = [list(rows[0])] + [list(row.values()) for row in rows]
    widths = [max(map(len, column)) for column in zip(*lines)]
    first, *others = widths
    text = []
    for line in lines:
        text.append(' | '.join([line[0].ljust(first)] + [cell.rjust(width) for cell, width in zip(line[1:], others)]))
    text.insert(1, ' | '.join(['-' * first] + ['-' * (width - 1) + ':' for width in others]))
    return '\n'.join(f'| {line} |' for line in text)
