# Everything that is done with Course Engine from a shell. "make" alone lists it.

.DEFAULT_GOAL := help
.PHONY: help run setup test check pictures bench proof lock

# Tools are run as modules, so that a folder that was moved or has spaces in its name works too.
PYTHON := .venv/bin/python
ifeq ($(shell uname -s),Darwin)
PYTHON := DYLD_FALLBACK_LIBRARY_PATH=/opt/homebrew/lib:/usr/local/lib $(PYTHON)
endif
PURE := tests/curriculum tests/assessment tests/learning tests/certificates
LOCK := $(PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command 'make lock'

help: ## List what make can do
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile

run: ## Install what is missing and serve a demo site; ARGS="--port 9000" passes options on
	@./setup.sh run
	@exec $(PYTHON) -m course_engine serve --demo $(ARGS)

setup: ## Install what the site, its tests and its checks need
	@./setup.sh dev

# Tests start the program again and again: what Python compiled is kept, whatever is set elsewhere.
test check: export PYTHONDONTWRITEBYTECODE :=

test: setup ## Run every test, those in a browser too
	$(PYTHON) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

check: setup ## Run the fast checks: lint, format, types, imports, templates, pure tests
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m mypy
	$(PYTHON) .venv/bin/lint-imports
	$(PYTHON) -m djlint templates --quiet --lint
	$(PYTHON) -m djlint templates --quiet --check
	$(PYTHON) -m pytest -q -n 2 -m 'not slow and not browser' \
		--hypothesis-profile=quick $(PURE)

pictures: setup ## Draw the kept pictures of certificates anew; look at each before you keep it
	REWRITE_PICTURES=1 $(PYTHON) -m pytest -q tests/certificates/test_reference_pictures.py

bench: setup ## Measure speed as ratios within one run; writes bench-results.json
	$(PYTHON) tests/bench $(ARGS)

proof: setup ## Print every name in every design both ways and compare them; takes half an hour
	$(PYTHON) -m tests.certificates.proof

lock: setup ## Lock the newest versions that pyproject.toml allows, each with its hashes
	$(LOCK) --upgrade --group build pyproject.toml -o requirements.txt
	$(LOCK) --upgrade --group dev -c requirements.txt -o requirements-dev.txt
