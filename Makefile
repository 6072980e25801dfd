# make demo, make test, make check; make matching and make bench measure; make parts lists dependencies;
# make lock after a change in requirements*.in.

PORT ?= 8000
PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11,$(if $(shell $(name) -c 'import sys; print(sys.version_info >= (3, 11) or "")' 2>/dev/null),$(name))))
BIN := .venv/bin

.PHONY: demo test check lock matching bench parts

demo: .venv/demo.installed
	@bin/need-pango || true
	@PORT=$(PORT) exec $(BIN)/wida demo

test: .venv/test.installed
	@bin/need-chromium
	@bin/need-pango
	@$(BIN)/wida translate --compile
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(TESTS)

check: .venv/test.installed
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/wida translate --check

matching: .venv/matching.installed
	@$(BIN)/python -m bench.matching

bench: .venv/test.installed
	@$(BIN)/wida translate --compile
	@$(BIN)/python -m bench

parts: .venv/demo.installed
	@$(BIN)/python bin/parts parts.cdx.json

lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header requirements.in -o requirements.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header requirements-dev.in -o requirements-dev.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header requirements-bench.in -o requirements-bench.txt

.venv/demo.installed: requirements.txt pyproject.toml
	@bin/install "$(PYTHON)" requirements.txt
	@touch $@

.venv/test.installed: requirements-dev.txt pyproject.toml
	@bin/install "$(PYTHON)" requirements-dev.txt
	@touch $@ .venv/demo.installed

.venv/matching.installed: requirements-bench.txt pyproject.toml
	@bin/install "$(PYTHON)" requirements-bench.txt
	@touch $@ .venv/demo.installed
