"""Which addresses a site lets programs read (RFC 9309), asked once for each site."""

from collections.abc import Callable
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from pincite.net.fetch import Fetched, Unfetchable

AGENT = "Pincite"
_LONGEST_DELAY = 30.0  # seconds; more would be no politeness but a standstill
_MOST_CHARACTERS = 500_000

Ask = Callable[[str, str], Fetched]  # (method, url)


class Robots:
    """The rules of every site that was asked for, as long as the run lasts."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._rules: dict[str, RobotFileParser] = {}

    def allows(self, url: str) -> bool:
        return self._of(url).can_fetch(AGENT, url)

    def delay(self, url: str) -> float:
        """Return how many seconds the site wants between two requests; 0 if it does not say."""
        wanted = self._of(url).crawl_delay(AGENT)
        return min(float(wanted or 0), _LONGEST_DELAY)

    def _of(self, url: str) -> RobotFileParser:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            self._rules[site] = self._read(f"{site}/robots.txt")
        return self._rules[site]

    def _read(self, url: str) -> RobotFileParser:
        lines: list[str] = []
        try:
            answer = self._ask("GET", url)
        except Unfetchable:
            pass  # a site that cannot be reached will say so itself, of the address that matters
        else:
            if 200 <= answer.status < 300:
                lines = answer.body.decode("utf-8", "replace")[:_MOST_CHARACTERS].splitlines()
            elif answer.status >= 500:
                lines = ["User-agent: *", "Disallow: /"]
        rules = RobotFileParser()
        rules.parse(lines)
        return rules
