# Two commands matter: `make run` and `make test`. Each sets up all it needs in .venv and works again when run twice.
PY := .venv/bin/python
RUN_OUT ?= demo

.PHONY: run test lint types contracts tests bench setup setup-dev clean lock

run: setup
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; then exec $(PY) main.py; \
	else echo "没有图形显示，改为无界面演示。"; exec $(PY) main.py demo --out $(RUN_OUT); fi

test: lint types contracts tests

lint: setup-dev
	@$(PY) -m ruff check . && $(PY) -m ruff format --check .

types: setup-dev
	@$(PY) -m mypy

contracts: setup-dev
	@.venv/bin/lint-imports

tests: setup-dev
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n 2

bench: setup-dev
	@for script in benchmarks/[a-z]*.py; do name=$$(basename $$script .py); echo "== $$name"; QT_QPA_PLATFORM=offscreen $(PY) -m benchmarks.$$name || exit 1; done

setup:
	@packaging/setup.sh requirements.txt

setup-dev:
	@packaging/setup.sh requirements-dev.txt

lock:  # needs uv; pins everything in pyproject.toml, PySide6 at the newest 6.8 that older desktops can take
	uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --no-annotate -c packaging/constraints.txt pyproject.toml -o requirements.txt
	uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --no-annotate -c requirements.txt --extra passphrase --group dev pyproject.toml -o requirements-dev.txt

clean:
	rm -rf .venv demo .mypy_cache .ruff_cache .pytest_cache .hypothesis
