# make graph   builds the program and, with it, the graph of the embedded list: a store, a table and a picture
# make test    runs every check: format, lints, tests, documentation
# make bench   measures throughput and growth
# make accuracy  compares what is read with what persons read, field by field and style by style
# make calibration  holds two registries of tools against each other: how often what is read from them is right
# make interchange  has every export opened by programs that are not ours: networkx, igraph, rdflib, pybtex, pyarrow and others
# make explore  has the server used by programs that are not ours: clients of SPARQL, a browser, agents, a fuzzer
#
# Everything is built in one profile, so that RocksDB, which takes longer than all the rest, is compiled once.

CARGO ?= cargo
# A compiler cache, where there is one, saves that time in every further checkout.
export PATH := /usr/lib/ccache:$(PATH)
PROGRAM = target/release/amml-graph
# The font is for Han characters in pictures.
PACKAGES = g++ libclang-dev graphviz ccache fonts-wqy-microhei

.PHONY: graph test bench accuracy calibration interchange explore deps

graph: deps
	$(CARGO) build --release --locked
	$(PROGRAM) build
	$(PROGRAM) query tools-and-papers --format table
	$(PROGRAM) export --format svg --view tools -o amml.svg
	@echo "The picture is in amml.svg, the graph in amml.store. Ask it: $(PROGRAM) show scVI"

test: deps
	$(CARGO) fmt --check
	$(CARGO) clippy --release --locked --all-targets -- -D warnings
	$(CARGO) test --release --locked
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --release --locked --no-deps

bench: deps
	$(CARGO) bench --locked

accuracy: deps
	$(CARGO) test --release --locked --test accuracy -- --errors

calibration: deps
	$(CARGO) test --release --locked --test calibration -- --nocapture

# The readers go into a folder of their own; without Python, or a way to fetch them, those that are missing are named.
interchange: deps
	@[ -f target/foreign/complete ] || { python3 -m venv target/foreign \
	  && target/foreign/bin/pip install --quiet --disable-pip-version-check -r tests/foreign/requirements.txt \
	  && touch target/foreign/complete; } || echo "skipped: not all of tests/foreign/requirements.txt can be installed"
	PYTHON=$$([ -x target/foreign/bin/python ] && echo target/foreign/bin/python || echo python3) \
	  $(CARGO) test --release --locked --test interchange -- $(ARGS)

# The clients go into a folder of their own; without Python, or a way to fetch them, nothing is checked, and that is said. The
# browser comes from the system's packages, where a check needs it. CHECKS names some of the checks only.
explore: deps
	$(CARGO) test --release --locked --no-run --quiet
	@case "$(CHECKS) " in " "|*browser*|*hostile_pages*) \
	  command -v chromium >/dev/null || ! command -v apt-get >/dev/null || { echo "installing chromium"; \
	    if [ "$$(id -u)" = 0 ]; then sudo=""; else sudo=sudo; fi; \
	    $$sudo apt-get update -qq && $$sudo apt-get install -y -qq --no-install-recommends chromium >/dev/null; };; esac
	@[ -f target/clients/complete ] || { python3 -m venv target/clients \
	  && target/clients/bin/pip install --quiet --disable-pip-version-check -r tests/foreign/serve/requirements.txt \
	  && touch target/clients/complete; } || { echo "skipped: not all of tests/foreign/serve/requirements.txt can be installed"; exit 0; }
	[ ! -f target/clients/complete ] \
	  || target/clients/bin/python tests/foreign/serve/run.py --program $(PROGRAM) --work target/explore $(CHECKS)

# Says before the long compilation, and not after it, what is missing. On Debian it installs it.
deps:
	@command -v $(CARGO) >/dev/null || { echo "Rust is missing: install it from https://rustup.rs"; exit 1; }
	@missing=""; \
	command -v c++ >/dev/null || missing="$$missing c++"; \
	command -v dot >/dev/null || missing="$$missing graphviz"; \
	[ -n "$$LIBCLANG_PATH" ] || find /usr/lib /usr/lib64 /usr/local/lib /opt/homebrew/opt/llvm/lib /Library/Developer/CommandLineTools/usr/lib \
	  \( -name 'libclang.so*' -o -name 'libclang-[0-9]*.so*' -o -name 'libclang.dylib' \) 2>/dev/null | grep -q . || missing="$$missing libclang"; \
	[ "$$(uname)" != Linux ] || [ -n "$$LIBCLANG_PATH" ] || \
	  find /usr/lib /usr/lib64 /usr/local/lib -path '*clang*/include/stdbool.h' 2>/dev/null | grep -q . || missing="$$missing libclang-headers"; \
	[ -z "$$missing" ] && exit 0; \
	echo "missing:$$missing"; \
	if ! command -v apt-get >/dev/null; then \
	  echo "Install a C++20 compiler, libclang (for RocksDB's bindings) and Graphviz, then run make again."; exit 1; fi; \
	if [ "$$(id -u)" = 0 ]; then sudo=""; else sudo=sudo; fi; \
	echo "installing $(PACKAGES)"; \
	$$sudo apt-get update -qq && $$sudo apt-get install -y -qq --no-install-recommends $(PACKAGES) >/dev/null
