"""A small book with the site's own theme: two chapters with entries, tables, a figure."""

PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" width="120" height="60" viewBox="0 0 120 60">
<path fill="#0b5563" d="M0 0h120v60H0z"/></svg>
"""
QUESTIONS = "".join(
    f"""
:::{{question}} May I drive after session {number}?
:id: drive-{number}
:audience: patient
:topic: aftercare

Not on day {number} {{footcite}}`smith2020`.
:::
"""
    for number in range(1, 10)
)
FIRST = f"""---
summary: When it is safe to drive.
audience: [patient]
evidence-checked: 2026-11-21
---
# Driving

:::{{warning}}
Not today {{footcite}}`smith2020`.
:::

```{{entries}} question
:caption: Questions
```

![A plain field](field.svg)

## Questions and answers
{QUESTIONS}
"""
SECOND = """# Sedation

Word of the first edition. It ends with drowsiness {footcite}`jones2021`.

- [ ] Watch.
"""
PAGES = {"page": FIRST, "page/two": SECOND}
