# Each target uses the virtual environment that the README makes: .venv
BIN ?= .venv/bin

.PHONY: check check-all test faults screenshots demo

check: ## what CI runs after the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check-all: check ## everything, the slow rounds in full
	CSM_ALL_ROUNDS=1 $(BIN)/pytest -q

test:
	$(BIN)/pytest -q

faults: ## the fault matrix in full, printed and kept in docs/reliability.md
	$(BIN)/python -m tests.faults $(ROWS)

screenshots: ## the pictures and casts of the README, from the demo book on a pinned day
	$(BIN)/python -m screenshots.make

demo:
	$(BIN)/csm demo
