"""Schema.org data in a page's head: what it is, for whom, and the questions that it answers."""

import json
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from kap_handbook.clinical.front_matter import front_matter
from kap_handbook.clinical.kinds import AUDIENCE, QUESTION
from kap_handbook.clinical.nodes import clinical_entry, entry_facts, entry_title
from kap_handbook.clinical.reviews import reviewed_pages
from kap_handbook.export.plain import plain_text

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
Data = dict[str, Any]


def add_structured_data(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Describe the page in JSON-LD, in the vocabulary of schema.org."""
    if doctree is None:
        return
    graph = [web_page(app, pagename)]
    if questions := [
        question(node) for node in doctree.findall(clinical_entry) if is_question(node)
    ]:
        graph.append({"@type": "FAQPage", "mainEntity": questions})
    data = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    data = data.replace("</", "<\\/")  # which would end the script element
    script = f'<script type="application/ld+json">{data}</script>\n'
    context["metatags"] = context.get("metatags", "") + script


def web_page(app: Sphinx, pagename: str) -> Data:
    """Describe the page itself; it names a review only while the page is as it was signed."""
    reviewed = reviewed_pages(app.env).get(pagename)
    page = front_matter(app.env.metadata[pagename])
    audience = [AUDIENCE[name].label for name in page.audience if name in AUDIENCE]
    data: Data = {
        "@type": "MedicalWebPage",
        "name": app.env.titles[pagename].astext(),
        "description": page.summary,
        "inLanguage": app.config.language,
        "license": LICENCE,
        "lastReviewed": reviewed.isoformat() if reviewed else "",
        "isPartOf": {"@type": "Book", "name": app.config.project},
        "audience": [{"@type": "MedicalAudience", "audienceType": name} for name in audience],
    }
    return {name: value for name, value in data.items() if value}


def question(node: clinical_entry) -> Data:
    """Describe one question with its answer."""
    title = next(child for child in node.children if isinstance(child, entry_title))
    answer = [
        plain_text(child)
        for child in node.children
        if not isinstance(child, entry_title | entry_facts)
    ]
    return {
        "@type": "Question",
        "name": title.astext(),
        "acceptedAnswer": {"@type": "Answer", "text": "\n".join(answer)},
    }


def is_question(node: clinical_entry) -> bool:
    """Say whether *node* is a question entry."""
    return bool(node["kind"] == QUESTION.name)
