"""HiGHS in a process of its own: the only file that imports it.

The parent leases a warm child, sends it a model, and hears every better solution and bound as it is found; so whatever
becomes of the child (it overruns, it is killed, it crashes), what it said so far is kept. A child past its time is
killed GRACE seconds later: presolve doesn't always look at the clock. One lease serves one thread at a time; several
threads lease several children. Models are formulation.Model; money is scaled to what the solver's tolerances suit.
Leased with a clock that counts work, a session limits nodes and iterations in place of seconds, tells the clock what
they came to, and passes on nothing whose moment depends on the machine.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from wadah.planning.calls import BASIC, Answer, Basis, Ears, limits, look_seconds, packed, seconds_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from wadah.planning.formulation.model import Floats, Model
    from wadah.planning.stop import Clock

    Codes = tuple[NDArray[np.int8], NDArray[np.int8]]  # a Basis on the wire

GRACE = 2.0  # seconds a child may overrun its limit before it is killed
TICK = 0.05  # seconds between two looks at the clock and at should_stop
LARGEST_COST = 1e5  # a scaled cost; above it HiGHS's absolute tolerances lose their meaning
SMALL = 20_000  # columns; up to here feasibility is held to 1e-9
IDLE_CHILDREN = 4

__all__ = ["BASIC", "LOST", "Answer", "Basis", "Ears", "Session", "lease", "prepare"]

LOST = "solver stopped unexpectedly"


class Child:
    """One process and the pipe to it."""

    def __init__(self) -> None:
        source = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(filter(None, (source, os.environ.get("PYTHONPATH", ""))))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "wadah.planning.solver"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": path},
            process_group=0,  # Ctrl-C is for the parent: it asks the child to stop
        )
        assert self.process.stdin is not None and self.process.stdout is not None
        self.send_to = Connection(os.dup(self.process.stdin.fileno()), readable=False)
        self.hear_from = Connection(os.dup(self.process.stdout.fileno()), writable=False)
        self.process.stdin.close()
        self.process.stdout.close()
        self.owner = os.getpid()

    @property
    def alive(self) -> bool:
        return self.owner == os.getpid() and self.process.poll() is None

    def close(self) -> None:
        """Kill the process and wait for it, so that no zombie is left."""
        self.send_to.close()
        self.hear_from.close()
        if self.owner == os.getpid():
            self.process.kill()
            self.process.wait()


idle: list[Child] = []
lock = threading.Lock()


def prepare() -> None:
    """Start a child if none is idle, so that it is there when the first is leased; doesn't wait for it."""
    with lock:
        if not idle:
            idle.append(Child())


@contextlib.contextmanager
def lease(clock: Clock | None = None) -> Iterator[Session]:
    """A session with a warm child, given back afterwards if it is still well; clock: whose counted work it shares."""
    with lock:
        child = idle.pop() if idle else None
    session = Session(child or Child(), clock if clock is not None and clock.counted else None)
    try:
        yield session
    finally:
        session.give_back()


@atexit.register
def close_all() -> None:
    """End every idle child; called when the interpreter ends."""
    with lock:
        while idle:
            idle.pop().close()


class Session:
    """Calls to one child, one after another. After the child is lost a new one takes its place at the next call."""

    def __init__(self, child: Child, work: Clock | None = None) -> None:
        self.child = child
        self.work = work
        self.busy = False

    @property
    def pid(self) -> int:
        return self.child.process.pid

    def give_back(self) -> None:
        with lock:
            if self.child.alive and not self.busy and len(idle) < IDLE_CHILDREN:
                idle.append(self.child)
                return
        self.child.close()

    def relax(
        self,
        model: Model,
        seconds: float,
        should_stop: Callable[[], bool],
        *,
        interior: bool = False,
        threads: int = 1,
        basis: Basis | None = None,
    ) -> Answer:
        """Solve the linear relaxation: integrality is ignored; basis: where the simplex method begins."""
        options: dict[str, Any] = {"threads": threads, "solver": "ipm" if interior else "simplex"}
        if interior:
            options |= {"run_crossover": "off", "ipm_optimality_tolerance": 1e-6}
        start = None if basis is None else (basis.columns, basis.rows)
        return self.call("relax", model, start, options, seconds, Ears(should_stop))

    def search(
        self,
        model: Model,
        seconds: float,
        ears: Ears,
        *,
        start: Floats | None = None,
        threads: int = 1,
        seed: int = 0,
        gap: float = 0.0,
    ) -> Answer:
        """Search the mixed-integer program; start: values by column, NaN where open; gap: relative, where to stop."""
        options = {"threads": threads, "random_seed": seed % (2**31 - 1), "mip_rel_gap": gap}
        return self.call("search", model, start, options, seconds, ears)

    def call(
        self,
        name: str,
        model: Model,
        start: Floats | Codes | None,
        options: dict[str, Any],
        seconds: float,
        ears: Ears,
    ) -> Answer:
        """One call; a child that is gone or still busy with an old one is replaced first."""
        if self.busy or not self.child.alive:
            self.child.close()
            self.child = Child()
        scale = max(1.0, float(np.abs(model.cost).max(initial=0.0)) / LARGEST_COST)
        options = options | limits(name, model, seconds, counted=self.work is not None)
        effort = np.inf if self.work is None else seconds
        self.busy = True
        try:
            self.child.send_to.send_bytes(pickle.dumps((name, packed(model, scale), start, options, effort)))
            if self.work is None:
                return self.listen(scale, seconds, ears)
            answer = self.listen(scale, np.inf, Ears(self.work.should_stop, ears.on_solution))
            self.work.spend(seconds_of(model, answer))
            return answer
        except (EOFError, OSError):
            return Answer("lost")

    def listen(self, scale: float, seconds: float, ears: Ears) -> Answer:
        """Hear the child out, but no longer than its time and GRACE; pass a wish to stop on to it."""
        deadline, asked = time.monotonic() + seconds + GRACE, False
        while True:
            now = time.monotonic()
            if not asked and ears.should_stop():
                asked, deadline = True, now + GRACE
                self.child.send_to.send_bytes(b"stop")
            if now > deadline:
                self.child.close()
                return Answer("asked" if asked else "limit")
            if not self.child.hear_from.poll(TICK):
                continue
            kind, content = pickle.loads(self.child.hear_from.recv_bytes())
            if kind == "solution":
                ears.on_solution(content)
            elif kind == "bound":
                ears.on_bound(content * scale)
            else:
                self.busy = False
                status, x, row_dual, bound, basis, iterations, looks = content
                status = "asked" if asked and status == "limit" else status
                basis = None if basis is None else Basis(*basis)
                dual = None if row_dual is None else row_dual * scale
                return Answer(status, x, dual, bound * scale, basis, iterations, looks)


# ---- the child's side ----


class Worker:
    """The child: one call at a time."""

    def __init__(self, hear: Connection, say: Connection) -> None:
        import highspy

        self.highspy, self.hear, self.say = highspy, hear, say
        self.told = -np.inf
        self.told_at = 0.0
        self.threads = 0
        self.entries, self.looks, self.effort = 0, 0.0, np.inf

    def serve(self) -> None:
        """Answer calls until the parent is gone; a wish to stop that comes too late is passed over."""
        with contextlib.suppress(EOFError, BrokenPipeError):
            while True:
                message = self.hear.recv_bytes()
                if message != b"stop":
                    self.tell("done", self.answer(*pickle.loads(message)))

    def tell(self, kind: str, content: object) -> None:
        self.say.send_bytes(pickle.dumps((kind, content), protocol=pickle.HIGHEST_PROTOCOL))

    def answer(
        self, name: str, model: tuple[Any, ...], start: Floats | Codes | None, options: dict[str, Any], effort: float
    ) -> object:
        """Solve one model with a fresh solver; effort: counted seconds after which a search ends, by its looks."""
        solver: Any = vars(self.highspy)[
            "_Highs"
        ]()  # the plain object: its Python wrapper only adds a modelling language
        self.share_out(options["threads"])
        rows, columns, offset, *arrays, integer = model
        mixed = name == "search" and bool(integer.any())
        self.set_options(solver, columns, options)
        minimise, by_column = int(self.highspy.ObjSense.kMinimize), int(self.highspy.MatrixFormat.kColwise)
        kinds = integer if mixed else np.zeros(columns, dtype=np.int32)
        solver.passModel(columns, rows, len(arrays[-1]), by_column, minimise, offset, *arrays, kinds)
        if isinstance(start, tuple):
            solver.setBasis(self.own_basis(start))
        elif mixed and start is not None:
            given = np.flatnonzero(np.isfinite(start)).astype(np.int32)
            solver.setSolution(len(given), given, start[given])
        self.told, self.told_at = -np.inf, 0.0
        self.entries, self.looks, self.effort = len(arrays[-1]), 0.0, effort
        self.watch(solver, mixed)
        solver.run()
        return self.result(solver, mixed)

    def share_out(self, threads: int) -> None:
        """HiGHS keeps the threads of its first call, and fails if another one asks for more or fewer."""
        if threads != self.threads:
            vars(self.highspy)["_Highs"].resetGlobalScheduler(True)
            self.threads = threads

    def set_options(self, solver: Any, columns: int, options: dict[str, Any]) -> None:
        tight = 1e-9 if columns <= SMALL else 1e-7
        fixed = {
            "output_flag": False,
            "mip_abs_gap": 0.0,
            "mip_feasibility_tolerance": tight,
            "primal_feasibility_tolerance": tight,
            "dual_feasibility_tolerance": tight,
        }
        for key, value in (fixed | options).items():
            solver.setOptionValue(key, value)

    def watch(self, solver: Any, mixed: bool) -> None:
        kinds = self.highspy.cb.HighsCallbackType
        solver.setCallback(self.called, None)
        wanted = [kinds.kCallbackSimplexInterrupt, kinds.kCallbackIpmInterrupt]
        if mixed:
            wanted += [kinds.kCallbackMipImprovingSolution, kinds.kCallbackMipInterrupt]
        for kind in wanted:
            solver.startCallback(kind)

    def called(self, kind: Any, _message: str, found: Any, wish: Any, _data: Any) -> None:
        """HiGHS's own moments: a better solution is told at once, a better bound now and then."""
        kinds = self.highspy.cb.HighsCallbackType
        try:
            if kind == kinds.kCallbackMipImprovingSolution:
                self.tell("solution", np.array(found.mip_solution, dtype=float))
            elif self.hear.poll(0):
                self.hear.recv_bytes()
                wish.user_interrupt = True
            elif kind == kinds.kCallbackMipInterrupt:
                self.looks += look_seconds(self.entries, branched=found.mip_node_count > 0)
                wish.user_interrupt = self.looks > self.effort
                self.tell_bound(float(found.mip_dual_bound))
        except (EOFError, OSError):
            os._exit(0)  # the parent is gone: nobody would hear the answer

    def tell_bound(self, bound: float) -> None:
        now = time.monotonic()
        if np.isfinite(bound) and bound > self.told and now > self.told_at + TICK:
            self.told, self.told_at = bound, now
            self.tell("bound", bound)

    def result(self, solver: Any, mixed: bool) -> object:
        statuses = self.highspy.HighsModelStatus
        names = {
            statuses.kOptimal: "optimal",
            statuses.kInfeasible: "infeasible",
            statuses.kUnboundedOrInfeasible: "infeasible",  # every column has finite bounds
            statuses.kTimeLimit: "limit",
            statuses.kInterrupt: "limit",
            statuses.kIterationLimit: "limit",
            statuses.kSolutionLimit: "limit",  # the node limit, too
            statuses.kModelEmpty: "optimal",
        }
        status = names.get(solver.getModelStatus(), "failed")
        solution, info = solver.getSolution(), solver.getInfo()
        x = np.array(solution.col_value) if solution.value_valid else None
        dual = np.array(solution.row_dual) if solution.dual_valid and not mixed else None
        basis = None if mixed else self.basis_of(solver)
        bound = float(info.mip_dual_bound) if mixed else -np.inf
        return status, x, dual, bound, basis, max(0, int(info.simplex_iteration_count)), self.looks

    def basis_of(self, solver: Any) -> Codes | None:
        basis = solver.getBasis()
        if not basis.valid:
            return None
        columns, rows = ([int(status) for status in side] for side in (basis.col_status, basis.row_status))
        return np.array(columns, dtype=np.int8), np.array(rows, dtype=np.int8)

    def own_basis(self, codes: Codes) -> Any:
        basis, status = self.highspy.HighsBasis(), self.highspy.HighsBasisStatus
        basis.col_status, basis.row_status = ([status(int(code)) for code in side] for side in codes)
        basis.valid = True
        return basis


def main() -> None:
    """Serve the parent over stdin and stdout; what HiGHS prints by the way must not mix with it, and is dropped.

    Ctrl-C on a terminal reaches every process in the foreground; it is for the parent to say what it means.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    hear = Connection(os.dup(0), writable=False)
    say = Connection(os.dup(1), readable=False)
    silence = os.open(os.devnull, os.O_RDWR)
    os.dup2(silence, 0)
    os.dup2(silence, 1)
    Worker(hear, say).serve()


if __name__ == "__main__":
    main()
