"""Trials that no one has made, in the form of the data file; their works are in the fixtures."""

from pathlib import Path

from tests.mini import ALL, Site

FIRST = """\
- key: smith2020
  name: Smith 2020
  year: 2020
  indication: bipolar
  design: Randomised, parallel
  participants: 60
  population: Adults with bipolar depression
  intervention: Ketamine 0.5 mg/kg IV, once
  comparator: Midazolam
  outcome: MADRS at 24 h
  result: Ketamine better
  arms:
    - name: ketamine
      n: 30
      response_percent: 50
      remission_percent: 20.5
    - name: midazolam
      n: 30
      response_percent: 10
  effects:
    - measure: mean-difference
      estimate: -7.50
      low: -12.0
      high: -3.00
      outcome: madrs
      time: 24 h
      favours: intervention
  blinding: Active placebo.
  note: A small trial.
"""
SECOND = """\
- key: jones2021
  also: [kim2022]
  name: JONES
  year: 2021
  indication: [ptsd, bipolar]
  design: Randomised, crossover
  population: Veterans
  intervention: Ketamine, twice
  comparator: Saline
  outcome: MADRS on day 1
  result: No difference
  arms:
    - {name: ketamine, other: 2 people better}
    - {name: saline, n: 9}
  effects:
    - measure: mean-difference
      estimate: -1.2
      low: -6.0
      high: 3.6
      p: 0.6
      outcome: madrs
      time: day 1
      favours: neither
      arm: first dose
    - measure: odds-ratio
      estimate: 2.5
      low: 1.1
      high: 5.7
      outcome: madrs-response
      time: 4 weeks
      favours: intervention
"""
THIRD = """\
- key: agency2023
  name: Agency
  year: 2019
  indication: ptsd
  design: Randomised
  participants: 12
  population: Adults
  intervention: Ketamine, once
  comparator: Placebo
  outcome: Pain
  result: MADRS was not published with its interval
  effects:
    - measure: mean-difference
      estimate: 0.4
      error: 1.5
      p: <0.9
      outcome: madrs
      time: 24 h
      favours: neither
"""
GOOD = FIRST + SECOND + THIRD


def write_data(site: Site, text: str = GOOD) -> Site:
    """Write the data file of a mini site."""
    path = site.folder / "data" / "trials.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return site


def site_with(folder: Path, pages: dict[str, str], text: str = GOOD) -> Site:
    """Return a mini site with all rooms, a data file and pages."""
    return write_data(Site(folder, ALL).write(pages), text)
