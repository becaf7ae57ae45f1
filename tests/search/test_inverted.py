"""Which words stand in which document: told anew, or told from what was known before."""

from hypothesis import given, settings
from hypothesis import strategies as some

from kap_handbook.search.inverted import documents_of, gaps, inverted

WORDS = some.sampled_from(["ketamine", "dose", "40 min", "Esketamine", "the", "rest", ""])
TEXTS = some.lists(some.lists(WORDS, max_size=4).map(" ".join), max_size=40)


@settings(deadline=None)  # a busy machine is no mistake
@given(some.data())
def test_texts_that_change_are_told_as_if_all_were_new(data: some.DataObject) -> None:
    old = data.draw(TEXTS)
    new = [data.draw(some.sampled_from([text, "dose", "new words", ""])) for text in old]
    new += data.draw(some.sampled_from([[], ["one more"]]))
    assert inverted(new, inverted(old)) == inverted(new)


@settings(deadline=None)  # a busy machine is no mistake
@given(some.sets(some.integers(0, 10**6)))
def test_documents_are_read_as_they_were_written(numbers: set[int]) -> None:
    rising = sorted(numbers)
    assert list(documents_of(gaps(rising) if rising else None)) == rising
