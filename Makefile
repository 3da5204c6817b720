# Every target does all the set-up that it needs: a virtual environment here, everything installed.
# The first Python on this machine that is new enough; else python3, and install.py says what is wrong.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python3.14; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && exit; \
	done; echo python3)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: plan all test lint bench clean

plan: $(STAMP)
	$(BIN)/spuk plan inputs/zuidwest.xlsx --all

# Every case with all its scenarios, its tariffs where it has any, and the country: each workbook is verified.
all: $(STAMP)
	@set -e; for case in inputs/*.xlsx; do \
		$(BIN)/spuk plan "$$case" --all; \
		if $(BIN)/python -m tests.inputs.scenarios "$$case" --has tarief; then $(BIN)/spuk tarief "$$case"; fi; \
	done
	$(BIN)/spuk landelijk inputs/landelijk.xlsx --resultaat outputs/landelijk/basis/resultaat.json

test: $(STAMP) lint
	$(BIN)/pytest

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMP)
	$(BIN)/pip install --quiet --disable-pip-version-check -r benchmarks/requirements.txt
	$(BIN)/python -m benchmarks

$(STAMP): pyproject.toml constraints.txt install.py
	@command -v $(PYTHON) >/dev/null || { echo 'Python is niet gevonden: installeer Python 3.11 of nieuwer.'; exit 1; }
	$(PYTHON) install.py --dev
	touch $(STAMP)

clean:
	rm -rf $(VENV) build *.egg-info outputs/*/
