"""Where a page gets the trials from, and where mistakes in their file are reported."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from kap_handbook.citations.cite import bibliography
from kap_handbook.messages import Problem, did_you_mean, warn
from kap_handbook.reading import Mistake
from kap_handbook.trials.load import load
from kap_handbook.trials.record import Trial

DATA = "data/trials.yaml"


def trials_for_page(env: BuildEnvironment, line: int) -> list[Trial]:
    """Return the trials for the page being read, which from now on depends on their file.

    A trial whose work the bibliography lacks is left out: nothing is shown without its source.
    """
    path = Path(env.srcdir, DATA)
    env.note_dependency(DATA)
    if not path.is_file():
        message = f"there is no file `{DATA}` to take the trials from; write it"
        warn(Problem.UNREADABLE_DATA, message, (env.current_document.docname, line))
        return []
    works = bibliography(env)
    trials = load(path).trials
    if any(unknown(trial, works) for trial in trials):
        for bibliography_file in env.config.bibtex_bibfiles:
            env.note_dependency(bibliography_path(env, bibliography_file))
    return [trial for trial in trials if not unknown(trial, works)]


def bibliography_path(env: BuildEnvironment, name: str) -> Path:
    """Return the path of a bibliography, which the configuration names from its own folder."""
    return Path(env._app.confdir, name)


def unknown(trial: Trial, works: Iterable[str]) -> list[str]:
    """Return the works of a trial that the bibliography does not have."""
    return [key for key in trial.keys if key not in works]


def check_data(app: Sphinx, env: BuildEnvironment) -> None:
    """Report every mistake in the file, once a build."""
    path = Path(env.srcdir, DATA)
    if path.is_file():
        data = load(path)
        found = [*data.mistakes, *source_mistakes(data.trials, bibliography(env))]
        for mistake in sorted(found, key=lambda item: item.line):
            warn(mistake.problem, mistake.message, f"{path}:{mistake.line}")


def source_mistakes(trials: Iterable[Trial], works: Iterable[str]) -> Iterator[Mistake]:
    """Yield each trial whose work is not in the bibliography."""
    for trial in trials:
        for key in unknown(trial, works):
            message = f"the bibliography has no work `{key}`; {did_you_mean(key, sorted(works))}"
            yield Mistake(Problem.UNKNOWN_SOURCE, trial.line, message)
