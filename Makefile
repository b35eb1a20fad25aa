# make run, make test, make lint: each sets up everything it needs. See docs/install.md.
PYTHON ?= python3
BIN = .venv/bin
COMPILE = $(BIN)/uv pip compile -q --universal --python-version 3.11 --no-emit-index-url --no-emit-find-links \
	--custom-compile-command "make requirements"

.PHONY: help run test lint bench bench-peers requirements openapi docs messages

help:
	@echo "make run           start the site on http://127.0.0.1:8000/ (PORT=8001 make run for another port)"
	@echo "make test          run all tests on two workers, the browser's included (ARGS=... goes to pytest)"
	@echo "make lint          check style, types, layers, templates and scripts"
	@echo "make bench         measure (ARGS=\"--only creating --quick\" for a part; STRICT=1 fails where a target is missed)"
	@echo "make bench-peers   install doccano and Label Studio below .data/peers, for make bench to compare with"
	@echo "make requirements  compile requirements.txt and requirements-dev.txt from the .in files"
	@echo "make openapi       write docs/openapi.yaml anew"
	@echo "make docs          write the pages anew that are made from the code (workflow, permissions)"
	@echo "make messages      collect the texts of the interface into annotations/locale and compile them (needs gettext)"

run:
	@$(PYTHON) factcheck/bootstrap.py
	@$(BIN)/python manage.py serve $(ARGS)

test:
	@$(PYTHON) factcheck/bootstrap.py --dev --browser
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

lint:
	@$(PYTHON) factcheck/bootstrap.py --dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy annotations factcheck bench
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/oxlint --deny-warnings static/js

bench:
	@$(PYTHON) factcheck/bootstrap.py --dev
	@$(BIN)/python -m bench $(if $(STRICT),--strict) $(ARGS)

bench-peers:
	@$(PYTHON) factcheck/bootstrap.py
	@$(BIN)/python -m bench.peers.install

requirements:
	@$(PYTHON) factcheck/bootstrap.py --dev
	$(COMPILE) requirements.in -o requirements.txt
	$(COMPILE) requirements-dev.in -o requirements-dev.txt

openapi:
	@$(PYTHON) factcheck/bootstrap.py
	@$(BIN)/python manage.py spectacular --validate --fail-on-warn --file docs/openapi.yaml

docs:
	@$(PYTHON) factcheck/bootstrap.py --dev
	@$(BIN)/python manage.py write_workflow
	@WRITE_DOCS=1 $(BIN)/python -m pytest -q tests/architecture/test_docs.py

messages:
	@$(PYTHON) factcheck/bootstrap.py
	@$(BIN)/python manage.py makemessages -l uk -l de --no-location --no-obsolete --no-wrap \
		--ignore=bench --ignore=tests --ignore=docs --ignore=static --ignore=test-results
	@$(BIN)/python manage.py compilemessages --ignore=.venv
