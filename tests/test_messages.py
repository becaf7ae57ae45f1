"""The one way to say what is wrong."""

import re

import pytest

from kap_handbook.messages import Problem, did_you_mean


def test_near_word_is_proposed() -> None:
    assert did_you_mean("absolut", ["relative", "absolute"]) == "did you mean `absolute`?"


def test_all_words_are_listed_when_none_is_near() -> None:
    assert did_you_mean("xyz", ["relative", "absolute"]) == "write one of: `relative`, `absolute`"


def test_long_list_is_not_written_out() -> None:
    assert did_you_mean("xyz", [f"word{number}" for number in range(31)]) == "none is near to it"


def test_empty_list_is_said_to_be_empty() -> None:
    assert did_you_mean("xyz", []) == "there is none yet"


@pytest.mark.parametrize("known", [iter(["absolute"]), {"absolute": 1}, ("absolute",)])
def test_known_words_may_come_in_any_form(known: "list[str]") -> None:
    assert "absolute" in did_you_mean("absolut", known)


def test_kinds_of_problem_have_short_unique_names() -> None:
    values = [problem.value for problem in Problem]
    assert len(set(values)) == len(values)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", value) for value in values)
