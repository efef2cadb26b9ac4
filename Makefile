# The commands of a checkout; `make help` lists them.
.PHONY: help setup demo test desk lint locks translations pictures bundle installers clean

EXTRAS =
PYTHON =
UV = uv
UPGRADE =

comma = ,
RUN = .venv/bin/
SETUP = PYTHON='$(PYTHON)' sh requirements/setup.sh

help:
	@echo 'make demo     a minute of the demo class in the window; its CSV and two pictures into demo-out/'
	@echo 'make test     style, types, layers and all tests'
	@echo 'make desk     a whole lesson on virtual screens of two sizes, with mouse and keyboard; 17 minutes'
	@echo 'make setup    .venv for the app; EXTRAS=train,dev for the rest; PYTHON=FILE for another Python'
	@echo 'make lint     style, types and layers alone'
	@echo 'make locks    requirements/*.lock from pyproject.toml, with uv; UPGRADE=1 for the newest versions'
	@echo 'make translations   resources/i18n/: adds what is new to the languages, and makes their .qm files'
	@echo 'make pictures docs/pictures/: the window in its states, for README and docs'
	@echo 'make bundle   dist/fer-desktop, which runs without Python, and its test'
	@echo 'make installers   dist/: a Debian package and a tar.xz of the bundle, and their tests'
	@echo 'make clean    removes what these commands left, .venv excepted'

setup:
	@$(SETUP) $(if $(findstring dev,$(EXTRAS)),--for tests) $(subst $(comma), ,$(EXTRAS))

demo:
	@$(SETUP)
	@$(RUN)python main.py demo --seconds 60 --out demo-out

# Each worker takes a stretch of the tests and, once done, half of what another has left: rooms stay together.
test: lint
	$(RUN)python -m pytest -n logical --dist worksteal --durations=15

desk:
	@$(SETUP) --for tests train dev
	$(RUN)python -m pytest -m desk -n0 tests/desk

# Types are checked as each system sees them; a cache serves one system only.
lint:
	@$(SETUP) --for tests train dev
	$(RUN)ruff format --check .
	$(RUN)ruff check .
	printf '%s\n' linux win32 darwin | xargs -P 2 -I SYSTEM $(RUN)mypy --platform SYSTEM --cache-dir .mypy_cache/SYSTEM
	$(RUN)lint-imports

locks:
	@UV='$(UV)' UPGRADE='$(UPGRADE)' sh requirements/lock.sh

translations:
	@$(SETUP)
	$(RUN)python -m requirements.translations

pictures:
	@$(SETUP)
	$(RUN)python -m requirements.pictures

bundle:
	@$(SETUP) --for bundle dev
	$(RUN)pyinstaller --noconfirm --log-level WARN fer_desktop.spec
	$(RUN)python -m pytest -m bundle tests/bundle

installers:
	@$(SETUP) --for bundle dev
	@test -x dist/fer-desktop/fer-desktop || $(MAKE) bundle
	$(RUN)python -m installers.build
	$(RUN)python -m pytest -m installers -n0 tests/bundle/test_installers.py

clean:
	rm -rf build dist demo-out resources/i18n/template.ts .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find main.py fer_desktop tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
