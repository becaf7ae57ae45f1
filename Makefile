# Two commands suffice: `make` builds the handbook, `make test` tests it. `make help` lists the rest.
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BUILD := build
SPHINX := $(BIN)/sphinx-build -c . -d $(BUILD)/doctrees -j auto -W --keep-going -q
HTML := $(BUILD)/html/index.html
GUIDES := $(wildcard *.md .github/*.md)
PDF := $(BUILD)/pdf/kap-handbook.pdf
ZIP := $(BUILD)/kap-handbook-site.zip
CODE := $(shell find src conf.py -type f ! -path '*/__pycache__/*' ! -path '*.egg-info/*')
SOURCES := $(CODE) $(shell find docs -type f)
CHECKED := $(BUILD)/doctrees-check
# Its date is that of the code with which the first page was read.
READ := $(BUILD)/doctrees/code
# A build that failed is forgotten: Sphinx would not repeat the warnings of pages it has read.
FORGET := || { rm -rf $(BUILD)/doctrees; exit 1; }

.PHONY: all html pdf zip icons weigh lighthouse axe valid judge shots test check check-code check-types check-book style spell workflows linkcheck retractions upkeep snapshot sign changes overdue release-list live lock bench bench-html bench-live bench-search pdf-proof pictures clean help

all: html pdf ## build the website and the PDF (the default)
	@echo "Open $(HTML) or $(PDF)."

html: $(HTML) ## build the website

pdf: $(PDF) ## build the PDF

$(HTML): $(SOURCES) $(VENV)/ready
	@[ -d $(BUILD)/doctrees ] || { mkdir -p $(BUILD)/doctrees; touch $(READ); }
	@$(SPHINX) -b html docs $(BUILD)/html $(FORGET)
	@touch $@

$(PDF): $(HTML)
	@$(SPHINX) -b typst docs $(BUILD)/pdf $(FORGET)
	@PYTHONPATH=src $(BIN)/python -m kap_handbook.pdf.publish $(BUILD)/pdf $(BUILD)/html
	@PYTHONPATH=src $(BIN)/python -m kap_handbook.site.recount $(BUILD)/html
	@touch $@

zip: $(ZIP) ## pack the site into one file that works when opened from disk

$(ZIP): $(PDF)
	@PYTHONPATH=src $(BIN)/python -m kap_handbook.site.archive $(BUILD)/html $@

$(VENV)/ready: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed: make PYTHON=python3.12")'
	@echo "Installing the locked packages into $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

test: all ## run all tests
	@$(BIN)/python -m pytest -n 2

check: $(VENV)/ready ## lint the code and the book, in seconds
	@$(MAKE) --no-print-directory --jobs --output-sync --keep-going check-code check-types check-book style spell workflows
	@echo "No mistake found."

check-code:
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .

# The first time, two processes halve the wait; with a cache, one is faster.
check-types:
	@$(BIN)/mypy --no-error-summary $(if $(wildcard .mypy_cache),,--num-workers 2)

# Only pages that have changed are read again; all of them after a mistake, or a change of the code.
# What `make` has read with the same code, without a mistake, need not be read once more.
check-book: $(CHECKED)/code
	@$(BIN)/sphinx-build -c . -d $(CHECKED) -j auto -W --keep-going -q -b check docs $(BUILD)/check \
	  || { rm -rf $(CHECKED); exit 1; }

$(CHECKED)/code: $(CODE)
	@rm -rf $(CHECKED)
	@mkdir -p $(CHECKED)
	@if [ -f $(READ) ] && [ -z "$$(find $(CODE) -newer $(READ))" ]; then cp -R $(BUILD)/doctrees/. $(CHECKED); fi
	@touch $@

style: $(VENV)/ready ## lint the Markdown of the pages and the guides
	@$(BIN)/rumdl check --quiet --output-format concise $(GUIDES) docs

spell: $(VENV)/ready ## look for misspelt and American words in the pages and the guides
	@$(BIN)/codespell $(GUIDES) docs CITATION.cff .github

workflows: $(VENV)/ready ## check the workflows and forms of GitHub, without the network
	@$(BIN)/zizmor --offline --quiet --no-progress .github
	@$(BIN)/check-jsonschema --quiet --builtin-schema github-workflows .github/workflows/*.yml
	@$(BIN)/check-jsonschema --quiet --builtin-schema github-issue-forms .github/ISSUE_TEMPLATE/[!c]*.yml
	@$(BIN)/check-jsonschema --quiet --builtin-schema github-issue-config .github/ISSUE_TEMPLATE/config.yml
	@$(BIN)/check-jsonschema --quiet --builtin-schema dependabot .github/dependabot.yml
	@$(BIN)/check-jsonschema --quiet --builtin-schema citation-file-format CITATION.cff

linkcheck: $(VENV)/ready ## ask whether the links to other sites still work (needs the network)
	@$(BIN)/sphinx-build -c . -d $(BUILD)/doctrees-links -q -b linkcheck docs $(BUILD)/linkcheck > $(BUILD)/linkcheck.log 2>&1 \
	  || { cat $(BUILD)/linkcheck/broken.txt; exit 1; }

retractions: $(VENV)/ready ## ask Crossref which works were retracted or corrected (needs the network)
	@PYTHONPATH=src $(BIN)/python -m kap_handbook.citations.retractions docs/references.bib $(BUILD)/retractions.json

upkeep: $(VENV)/ready ## all that a week may bring, into build/upkeep/report.md (needs the network)
	@.ci/upkeep

# Doctrees of their own: what a review asks must not make the site believe it is up to date.
snapshot: $(VENV)/ready
	@$(BIN)/sphinx-build -c . -d $(BUILD)/doctrees-review -j auto -q -b snapshot docs $(BUILD)/snapshot

sign: snapshot ## prepare a review of PAGE=safety/monitoring for its reviewer to fill in
	@PYTHONPATH=src $(BIN)/python -m kap_handbook.review.sign docs $(BUILD)/snapshot "$(PAGE)"

changes: $(VENV)/ready ## say what has changed for a reader since BASE=main, in Markdown
	@PYTHONPATH=src $(BIN)/python -m kap_handbook.review.report "$(BASE)" $(if $(LIMIT),--limit $(LIMIT))

overdue: snapshot ## list the pages whose evidence is to be checked again
	@PYTHONPATH=src $(BIN)/python -m kap_handbook.review.overdue $(BUILD)/snapshot

release-list: snapshot ## note what this release publishes, so that no later one loses it
	@PYTHONPATH=src $(BIN)/python -m kap_handbook.review.release docs $(BUILD)/snapshot

live: $(VENV)/ready ## rebuild and reload the site as you type
	@PYTHONPATH=src $(BIN)/python -m kap_handbook.site.serve -t live -c . -d $(BUILD)/doctrees-live --watch src --watch conf.py docs $(BUILD)/live

lock: $(VENV)/ready ## renew requirements.lock after a change of pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --group dev pyproject.toml -o requirements.lock

bench-search: $(VENV)/ready ## measure the search against Sphinx's own and Pagefind (needs Chromium)
	@$(BIN)/python tests/search/bench.py

pictures: all ## take the pictures of the README anew (needs Chromium)
	@$(BIN)/python tests/take_pictures.py

icons: $(VENV)/ready ## draw the icons of the site anew (needs Chromium)
	@$(BIN)/python tests/draw_icons.py

weigh: html ## weigh the first view of pages, beside the bare theme (needs Chromium)
	@$(BIN)/python tests/bench/weigh.py

lighthouse: html ## ask Lighthouse about six kinds of page on a phone (needs Chromium, and npm once)
	@$(BIN)/python tests/audit/lighthouse.py

axe: html ## test the accessibility of every page, in some minutes (needs Chromium)
	@$(BIN)/python tests/audit/accessibility.py

valid: html ## check the HTML of every page (needs Java, and npm once)
	@$(BIN)/python tests/audit/valid_html.py

judge: pdf ## judge every PDF by PDF/UA-1 and PDF/A-2a, in some minutes (needs Java)
	@$(BIN)/python -m tests.audit.judge

shots: html ## take pictures of nine kinds of page into build/shots/ (needs Chromium)
	@$(BIN)/python tests/audit/shots.py

bench: $(VENV)/ready ## measure the PDF against the site, also with 300 and 1,000 pages
	@$(BIN)/python tests/bench/pdf_build.py

bench-html: $(VENV)/ready ## measure the site against its four packages alone; OPTIONS="--ten-times --others" for more
	@$(BIN)/python tests/bench/html_build.py $(OPTIONS)

bench-live: $(VENV)/ready ## measure how long an editor waits to see an edit
	@$(BIN)/python tests/bench/live.py $(OPTIONS)

pdf-proof: pdf ## draw every page of the PDF as contact sheets into build/proof/
	@$(BIN)/python tests/bench/proof.py $(PDF) $(BUILD)/proof

clean: ## remove everything that was built, and the virtual environment
	rm -rf $(BUILD) $(VENV)

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
