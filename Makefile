# Thin lines over the tools. `make demo` and `make test` set up all they need.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
# The units that the example class has handed in.
UNITS := $(sort $(basename $(notdir $(wildcard examples/students/*/*.py))))

.PHONY: help setup demo quick test lab notebooks wheels bench fuzz isolation mutants lock clean

help:
	@echo "make demo       set up, build the notebooks, grade the example class, print the table"
	@echo "make quick      lint, types, layers and the quick tests, for whoever edits the code"
	@echo "make test       set up and run every check that CI runs"
	@echo "make lab        set up, copy the units into my-notebooks/ and open JupyterLab"
	@echo "make notebooks  regenerate notebooks/ and docs/coverage.md from the texts in solutions/"
	@echo "make wheels     build into dist/ what students install, and what instructors add to it"
	@echo "make bench      measure the library against its peers (downloads PyTorch)"
	@echo "make fuzz       feed the grader what no student would hand in; EXAMPLES=2000 for each test"
	@echo "make isolation  grade 60 honest and 60 hostile students together, and each honest one alone"
	@echo "make mutants    change the judge and the gradient checker a little, and see that tests notice"
	@echo "make lock       resolve the dependencies anew (needs uv)"
	@echo "make clean      remove what demo and grading made (gradebook included)"

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
	  { echo "course_bp needs Python 3.11, 3.12 or 3.13; say which with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
	  { echo "Python's venv is missing; on Debian: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation -e .
	$(BIN)/course-bp build --sources-only
	@touch $@

# Builds the notebooks, puts the example class into submitted/, grades it through nbgrader.
demo: $(READY)
	@sh tools/system_packages.sh bwrap
	$(BIN)/course-bp build
	$(BIN)/python examples/build_class.py --into submitted
	$(BIN)/course-bp grade $(UNITS)
	@echo "Scores are in gradebook.db, pages for the students in feedback/."

test: $(READY)
	@sh tools/system_packages.sh bwrap chromium pg_ctl
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2 --dist loadfile

quick: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2 -m "not slow"

notebooks: $(READY)
	$(BIN)/course-bp build
	$(BIN)/course-bp coverage

wheels: notebooks
	rm -rf dist
	$(BIN)/python -m hatchling build -t wheel -d dist
	cd instructor && ../$(BIN)/python -m hatchling build -t wheel -d ../dist

# Needs a gigabyte for PyTorch and the other peers, in an environment of its own.
bench:
	$(PYTHON) -m venv benchmarks/.venv
	benchmarks/.venv/bin/python -m pip install --quiet -r benchmarks/requirements.txt
	benchmarks/.venv/bin/python benchmarks/run.py

# CI runs a hundred examples of each test, the same ones; this runs others each time.
EXAMPLES ?= 2000
fuzz: $(READY)
	EXAMPLES=$(EXAMPLES) $(BIN)/python -m pytest tests/fuzz --hypothesis-profile=fuzz -n 2

# CI grades a dozen of each kind in two ways; this grades large classes in all five.
ISOLATION ?= 60
SEEDS ?= 2
isolation: $(READY)
	ISOLATION=$(ISOLATION) ISOLATION_SEEDS=$(SEEDS) \
	  $(BIN)/python -m pytest tests/workflows/test_mixed_class.py -rP --durations=20

# In a copy, because the tool changes files in place. MUTANTS=0 runs all of them, for an hour.
MUTANTS ?= 40
mutants: $(READY)
	$(PYTHON) -m venv tools/mutation/.venv
	tools/mutation/.venv/bin/python -m pip install --quiet -r tools/mutation/requirements.txt
	rm -rf tools/mutation/copy
	git clone --quiet . tools/mutation/copy
	ln -s $(CURDIR)/.venv tools/mutation/copy/.venv
	cd tools/mutation/copy && ../.venv/bin/python tools/mutation/run.py --sample $(MUTANTS)

lock:
	uv pip compile pyproject.toml --universal --generate-hashes --extra dev -p 3.11 \
	  --no-header --no-annotate --quiet -o requirements.lock
	uv pip compile autograder/exports/gradescope/gradescope.in -c requirements.lock --universal \
	  --generate-hashes -p 3.11 --no-header --no-annotate --quiet \
	  -o autograder/exports/gradescope/gradescope.lock

lab: $(READY)
	$(BIN)/course-bp lab

clean:
	rm -rf submitted autograded feedback gradebook.db .course-bp grades.csv report.html exports
