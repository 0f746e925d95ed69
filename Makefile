# Viva. `make run` serves on http://localhost:8000, `make test` checks everything, `make demo` takes an interview.
# HOST, PORT and DATA_DIR are respected, e.g. `make run PORT=9000`.

.DEFAULT_GOAL := help
.NOTPARALLEL:
SHELL := /bin/sh

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
STAMPS := $(VENV)/.stamps
PIP := $(PY) -m pip --disable-pip-version-check install --quiet --no-deps --no-compile
NPM := scripts/with-node npm --prefix frontend
PYTEST := $(BIN)/pytest --quiet
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-emit-index-url
FRONTEND := $(shell find frontend/src -type f 2>/dev/null) frontend/build.mjs frontend/tsconfig.json
PUBLIC := $(shell find frontend/public -type f 2>/dev/null)
CATALOGUES := $(wildcard locale/*/LC_MESSAGES/*.po)
ARGS ?=
# Packages are installed without bytecode: where none may be kept either, every process would compile all of them anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run demo test lint types imports frontend-test unit processes databases bench lock build migrations messages clean

help: ## what there is
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1  — \2/p' Makefile

run: build ## everything from nothing: install, build, migrate, demo accounts, serve
	@exec $(PY) manage.py serve --prepare $(ARGS)

demo: build ## a simulated candidate takes an interview; ARGS="--speed 4" streams faster
	@$(PY) manage.py demo $(ARGS)

build: $(STAMPS)/static $(STAMPS)/translations ## install and build, without serving

$(STAMPS)/installed: requirements.txt
	@scripts/make-venv $(VENV)
	@echo "Installing what Viva needs (about 2 minutes the first time)"
	@$(PIP) -r requirements.txt
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/installed-dev: requirements-dev.txt $(STAMPS)/installed
	@echo "Installing what the checks need"
	@$(PIP) -r requirements-dev.txt
	@touch $@

$(STAMPS)/node_modules: frontend/package.json frontend/package-lock.json $(STAMPS)/installed
	@echo "Installing what the front end needs"
	@$(NPM) ci --silent
	@touch $@

$(STAMPS)/frontend: $(FRONTEND) $(STAMPS)/node_modules
	@$(NPM) run build --silent
	@touch $@

$(STAMPS)/static: $(PUBLIC) $(STAMPS)/frontend
	@$(PY) manage.py collectstatic --noinput --verbosity 0
	@touch $@

$(STAMPS)/translations: $(CATALOGUES) $(STAMPS)/installed
	@$(if $(CATALOGUES),$(BIN)/pybabel --quiet compile --directory locale --domain django)
	@touch $@

test: lint types imports frontend-test unit processes databases ## every check and every test
	@echo "Everything passed."

lint: $(STAMPS)/installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(STAMPS)/installed-dev
	$(BIN)/mypy

imports: $(STAMPS)/installed-dev
	$(BIN)/lint-imports --no-logo

frontend-test: $(STAMPS)/frontend $(STAMPS)/installed-dev
	$(NPM) run check
	$(NPM) test

unit: build $(STAMPS)/installed-dev
	$(PYTEST) --numprocesses 2 --dist worksteal -m "not server and not browser" $(ARGS)

processes: build $(STAMPS)/installed-dev
	@scripts/find-browser
	$(PYTEST) --numprocesses 3 --dist worksteal -m "server or browser" $(ARGS)

databases: build $(STAMPS)/installed-dev
	scripts/with-services scripts/on-postgres $(PYTEST)

bench: build $(STAMPS)/installed-dev ## speed and quality on this machine, each figure beside its limit; takes an hour
	@for bench in capacity latency turns proctoring parsing duplicates search ranking imports sandbox programs; do $(PY) -m bench.$$bench || failed=1; done; exit $${failed:-0}

lock: $(STAMPS)/installed-dev ## compile requirements*.in into the pinned requirements*.txt
	$(LOCK) --override overrides.txt requirements.in --output-file requirements.txt
	$(LOCK) requirements-dev.in --output-file requirements-dev.txt

migrations: $(STAMPS)/installed
	$(PY) manage.py makemigrations

# No line numbers in the catalogues: a moved line must not change them.
messages: $(STAMPS)/installed ## collect the texts of the source into locale/*/LC_MESSAGES/django.po
	$(PY) manage.py makemessages --locale zh_Hans --locale ru --locale ko --add-location file --no-obsolete \
		$(addprefix --ignore=,.venv node_modules static data tests bench)

clean: ## what was built; the data folder and the virtual environment stay
	rm -rf frontend/dist frontend/node_modules static $(STAMPS)
