"""What the two directives have in common: their options, and how a mistake in one is reported."""

from collections.abc import Iterable, Mapping

from docutils.nodes import Element
from sphinx.util.docutils import SphinxDirective

from kap_handbook.clinical.directive import AnyOption
from kap_handbook.messages import Problem, did_you_mean, warn
from kap_handbook.trials.record import Trial


class TrialDirective(SphinxDirective):
    """A directive that shows trials; ``options_known`` are its options."""

    option_spec = AnyOption()  # type: ignore[assignment]
    has_content = False
    what = ""
    options_known: tuple[str, ...] = ()

    def warn(self, problem: Problem, message: str) -> None:
        """Report a mistake at the opening line."""
        warn(problem, message, (self.env.current_document.docname, self.lineno))

    def check_options(self) -> None:
        """Report the options that the directive does not have."""
        for name in self.options:
            if name not in self.options_known:
                hint = did_you_mean(name, self.options_known)
                self.warn(Problem.UNKNOWN_FIELD, f"{self.what} has no option `{name}`; {hint}")

    def words(self, name: str) -> list[str]:
        """Return the words of an option, parted by commas."""
        return [word.strip() for word in self.options.get(name, "").split(",") if word.strip()]

    def chosen(self, name: str, values: Mapping[str, object]) -> tuple[str, ...]:
        """Return those words of an option that a closed list has, and report the others."""
        return tuple(word for word in self.words(name) if self.knows(name, word, values))

    def knows(self, name: str, word: str, values: Iterable[str]) -> bool:
        """Say whether a closed list has *word*, and report it if not."""
        if word in (values := list(values)):
            return True
        message = f"`{word}` is no value of `{name}`; {did_you_mean(word, values)}"
        self.warn(Problem.UNKNOWN_VALUE, message)
        return False

    def keys(self, trials: Iterable[Trial]) -> tuple[str, ...]:
        """Return the keys in the option ``trials``, and report those of no trial."""
        known = [trial.key for trial in trials]
        wanted = self.words("trials")
        for key in wanted:
            if key not in known:
                hint = did_you_mean(key, sorted(known))
                self.warn(Problem.UNKNOWN_TRIAL, f"there is no trial `{key}`; {hint}")
        return tuple(key for key in wanted if key in known)

    def give_address(self, node: Element, word: str) -> None:
        """Give *node* its place in the page and an address: ``trials-1``, for instance."""
        self.set_source_info(node)
        number = self.env.new_serialno(word) + 1
        node["ids"].append(f"{word}-{number}")
        self.state.document.note_explicit_target(node, node)
