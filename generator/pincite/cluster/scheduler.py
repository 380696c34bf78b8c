"""A Dask cluster: reaching it, seeing that its workers have this program, and giving them tasks.

A task that is lost with its worker is done again by another, so tasks may be done twice: they give
the same value each time, and what they write has a name of its own.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any, TypeVar

from pincite import __version__
from pincite.base.diagnostics import Failure
from pincite.unchanged import engine_digest

T = TypeVar("T")

_ANSWER = 10  # seconds in which a scheduler answers
_ALONE = 60  # seconds for which a cluster without any worker is waited for
_MORE = "they may lack memory: start them with `--nthreads 1` and more memory each"
_LOOK = 2  # seconds between two looks at the workers


class Cluster:
    """A client of a scheduler whose workers have the same Pincite as this process."""

    def __init__(self, address: str, client: Any) -> None:
        self._address = address
        self._client = client
        self._dask: Any = import_module("distributed")

    def workers(self) -> int:
        """Return how many workers there are, at least one."""
        return max(1, len(self._client.scheduler_info(n_workers=-1)["workers"]))

    def tell_all(self, do: Callable[[], None]) -> None:
        """Call *do* in every worker."""
        self._client.run(do, on_error="ignore")

    def each(
        self, do: Callable[..., T | Failure], tasks: Sequence[tuple[Any, ...]]
    ) -> Iterator[tuple[int, T]]:
        """Do *tasks* on the workers; yield the number of each that is done, and its value.

        *do* belongs to a module, and takes a task's values as its arguments. The first tasks are
        begun first. Raises Failure where *do* returned one, or where the cluster is lost.
        """
        done: SimpleQueue[Any] = SimpleQueue()
        futures = {}
        for at, told in enumerate(tasks):
            future = self._client.submit(do, *told, pure=False, priority=-at)
            futures[future] = at
            future.add_done_callback(done.put)
        try:
            while futures:
                future = self._next(done)
                value: T | Failure = self._result(future)
                if isinstance(value, Failure):
                    raise value
                yield futures.pop(future), value
        finally:
            with suppress(Exception):  # a cluster that is gone has nothing to cancel
                self._client.cancel(list(futures))

    def _next(self, done: "SimpleQueue[Any]") -> Any:
        """Return a task that is done, or lost; wait for it as long as there are workers."""
        seen = monotonic()
        while True:
            with suppress(Empty):
                return done.get(timeout=_LOOK)
            seen = self._last_seen(seen)

    def _result(self, future: Any) -> Any:
        """Return the value of a task that is done.

        Where its worker dies before that has come here, another does it again: that may take long.
        """
        seen = monotonic()
        while True:
            try:
                return future.result(timeout=_ANSWER)
            except self._dask.KilledWorker:
                raise self._lost("one task after the other ended its workers", help=_MORE) from None
            except Failure:
                raise
            except Exception as problem:  # noqa: BLE001 - a cluster may fail in many ways
                if not isinstance(problem, TimeoutError) or future.status == "error":
                    raise self._lost(f"{type(problem).__name__}: {problem}") from None
            seen = self._last_seen(seen)

    def _last_seen(self, before: float) -> float:
        """Return when a worker was there last. Raises Failure where that is long ago."""
        if self._client.status == "running" and self._client.scheduler_info()["workers"]:
            return monotonic()
        if monotonic() - before > _ALONE:
            raise self._lost("it has had no worker for a while")
        return before

    def _lost(self, why: str, *, help: str = "nothing was written; build again") -> Failure:
        return Failure(f"the cluster at {self._address} failed: {why}", help=help)


@contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """Reach the scheduler at *address*. Raises Failure where it cannot be worked with."""
    try:
        dask: Any = import_module("distributed")
    except ImportError:
        raise Failure(
            "--cluster needs Dask", help="pip install 'pincite[cluster]', here and for each worker"
        ) from None
    try:
        client = dask.Client(
            address, timeout=_ANSWER, set_as_default=False, name="pincite", direct_to_workers=False
        )
    except Exception as problem:  # noqa: BLE001 - addresses may be wrong in many ways
        raise Failure(
            f"no scheduler answers at {address}: {str(problem) or type(problem).__name__}",
            help="start one with `dask scheduler`, and give the address that it prints",
        ) from None
    try:
        _compare_programs(address, client)
        yield Cluster(address, client)
    finally:
        with suppress(Exception):
            client.close(timeout=_ANSWER)


def about() -> tuple[str, str]:
    """Return version and digest of this program, here or on a worker."""
    return __version__, engine_digest()


def _compare_programs(address: str, client: Any) -> None:
    found: dict[str, Any] = client.run(about, on_error="return")
    if not found:
        raise Failure(
            f"the scheduler at {address} has no workers",
            help=f"start some with `dask worker {address} --nthreads 1`",
        )
    for worker, theirs in sorted(found.items()):
        if isinstance(theirs, BaseException):
            raise Failure(
                f"the worker at {worker} cannot use Pincite: {type(theirs).__name__}: {theirs}",
                help="pip install 'pincite[cluster]' for it, the same version as here",
            )
        if tuple(theirs) != about():
            raise Failure(
                f"the worker at {worker} has another program: Pincite {theirs[0]}, "
                f"and here it is {__version__}",
                help="install the same version of Pincite and of its libraries in both places",
            )
