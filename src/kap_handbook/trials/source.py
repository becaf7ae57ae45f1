"""Where a page gets the trials from, and where mistakes in their file are reported."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from kap_handbook.between_builds import keep, recall
from kap_handbook.citations.cite import bibliography
from kap_handbook.messages import Problem, did_you_mean, warn
from kap_handbook.reading import Mistake
from kap_handbook.trials import load as trials
from kap_handbook.trials.course import load as courses
from kap_handbook.trials.record import Trial

DATA = "data/trials.yaml"
COURSES = "data/time-courses.yaml"


class Record(Protocol):
    """A record of a data file, with the works to cite for it."""

    @property
    def line(self) -> int:
        """Where it begins in its file."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The works."""


Kind = TypeVar("Kind", bound=Record, covariant=True)


class Data(Protocol[Kind]):
    """What a data file holds."""

    @property
    def records(self) -> Sequence[Kind]:
        """The records that can be used."""

    @property
    def mistakes(self) -> Sequence[Mistake]:
        """What is wrong in it."""


def trials_for_page(env: BuildEnvironment, line: int) -> list[Trial]:
    """Return the trials for the page being read."""
    return records_for_page(env, line, DATA, trials.load)


def records_for_page(
    env: BuildEnvironment, line: int, file: str, load: Callable[[Path], Data[Kind]]
) -> list[Kind]:
    """Return the records for the page being read, which from now on depends on their file.

    A record whose work the bibliography lacks is left out: nothing is shown without its source.
    """
    path = Path(env.srcdir, file)
    env.note_dependency(file)
    if not path.is_file():
        what = "trials" if file == DATA else "time courses"
        message = f"there is no file `{file}` to take the {what} from; write it"
        warn(Problem.UNREADABLE_DATA, message, (env.current_document.docname, line))
        return []
    works = bibliography(env)
    records = load(path).records
    if any(unknown(record, works) for record in records):
        for bibliography_file in env.config.bibtex_bibfiles:
            env.note_dependency(bibliography_path(env, bibliography_file))
    return [record for record in records if not unknown(record, works)]


def bibliography_path(env: BuildEnvironment, name: str) -> Path:
    """Return the path of a bibliography, which the configuration names from its own folder."""
    return Path(env._app.confdir, name)


def unknown(record: Record, works: Iterable[str]) -> list[str]:
    """Return the works of a record that the bibliography does not have."""
    return [key for key in record.keys if key not in works]


def check_data(app: Sphinx, env: BuildEnvironment) -> None:
    """Report every mistake in the files, once a build; files without any are not read again."""
    state = state_of(env)
    if state == recall(app, "faultless-data", __file__):
        return
    faultless = True
    loads: dict[str, Callable[[Path], Data[Record]]] = {DATA: trials.load, COURSES: courses.load}
    for file, load in loads.items():
        path = Path(env.srcdir, file)
        if path.is_file():
            data = load(path)
            found = [*data.mistakes, *source_mistakes(data.records, bibliography(env))]
            for mistake in sorted(found, key=lambda item: item.line):
                faultless = False
                warn(mistake.problem, mistake.message, f"{path}:{mistake.line}")
    if faultless:
        keep(app, "faultless-data", __file__, state)


def state_of(env: BuildEnvironment) -> tuple[object, ...]:
    """Return all on which mistakes in the files depend: the files, and the works to cite."""
    paths = [Path(env.srcdir, file) for file in (DATA, COURSES)]
    found = [path.stat() for path in paths if path.is_file()]
    files = [(item.st_mtime_ns, item.st_size) for item in found]
    return (*files, *sorted(bibliography(env)))


def source_mistakes(records: Iterable[Record], works: Iterable[str]) -> Iterator[Mistake]:
    """Yield each record whose work is not in the bibliography."""
    for record in records:
        for key in unknown(record, works):
            message = f"the bibliography has no work `{key}`; {did_you_mean(key, sorted(works))}"
            yield Mistake(Problem.UNKNOWN_SOURCE, record.line, message)
