# `make` builds everything into dist/, `make test` checks it, `make help` lists the rest. scripts/need installs what is
# missing.
MAKEFLAGS += --no-builtin-rules
.DELETE_ON_ERROR:
.PHONY: help all wasm emcc browsers servers shells test test-quick test-c test-js test-shards test-page lint format bench fuzz \
  sanitize valgrind analyze soak coverage mutants clean

# Sorted, so that the module is the same to the byte on every file system.
C := $(sort $(shell find c -name '*.c'))
JS := $(sort $(shell find js -name '*.js' -o -name '*.d.ts'))
WEB := $(shell find web -type f)
NODE_MODULES := node_modules/.package-lock.json
BIN := node_modules/.bin
# By its path: npm gives .bin/tsc to either of the two TypeScripts.
TSC := node node_modules/typescript/bin/tsc

DIST := dist/cosdim.js dist/types/index.d.ts dist/page/index.html dist/explorer.js dist/cosdim.html
all: $(DIST) ## build everything (the default)

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' Makefile | expand -t 12

# A bare module: no imports, no glue, no malloc. Memory is the stack, a few tables and the scratch; it grows only for
# tensors that live in it. The stack comes first, so that an overflow traps instead of overwriting data; pairwise and
# top-k use about 28 KB of it (tests/js/stack.test.js measures it).
EMCC ?= emcc
EMFLAGS := -std=c11 -flto -msimd128 -mbulk-memory -ffp-contract=off -Wall -Wextra -Werror -Ic
EMLINK := -O2 -flto -msimd128 -mbulk-memory --no-entry -sSTANDALONE_WASM=1 -sSUPPORT_LONGJMP=0 -sALLOW_MEMORY_GROWTH=1 \
	-sMAXIMUM_MEMORY=4294901760 -sTOTAL_STACK=98304 -Wl,--stack-first -sINITIAL_MEMORY=1179648 \
	-sEXPORTED_FUNCTIONS=___heap_base \
	-sBINARYEN_EXTRA_PASSES=--coalesce-locals-learning,--reorder-locals,--vacuum

# Kernels run for every element and are compiled for speed. The rest runs once per output, tile or call and is compiled
# for size, which saves a tenth of the module and no time. (-Oz saves 0.1 % more, but inlines nothing: a small call
# takes 5 % longer.) Optimizing at link time, over all files, saves 2 %; Binaryen's extra passes, 0.3 %.
WASM ?= dist/cosdim.wasm
WASM_OBJECTS := $(foreach room,kernels/% reduce/% operations/% plan/% tensor/% host/% status.c,$(patsubst c/%.c,build/wasm/%.o,$(filter c/$(room),$(C))))
wasm: $(WASM) ## build the WebAssembly module alone
$(WASM): $(WASM_OBJECTS)
	mkdir -p $(@D)
	$(EMCC) $(EMLINK) $^ -o $@
build/wasm/%.o: OPTIMIZE := -Os
build/wasm/kernels/%.o: OPTIMIZE := -O2
build/wasm/%.o: c/%.c Makefile | emcc
	mkdir -p $(@D)
	$(EMCC) $(EMFLAGS) $(OPTIMIZE) -MMD -MP -c $< -o $@
emcc:
	@scripts/need emscripten -- command -v $(EMCC)

BUNDLE := scripts/bundle.js scripts/file-url.js scripts/module-text.js scripts/published.js scripts/source-map.js $(NODE_MODULES)
dist/cosdim.js: $(JS) $(WASM) $(BUNDLE)
	node scripts/bundle.js library

dist/types/index.d.ts: $(wildcard types/*.d.ts) scripts/types.js $(NODE_MODULES)
	node scripts/types.js dist/types

# The page in three forms: files to serve, the element alone as one module, and everything in one HTML file. `make -B
# dist/page/index.html SITE=https://example.org/cosdim/` builds it for the address where it is published.
dist/page/index.html: $(WEB) dist/cosdim.js $(BUNDLE)
	mkdir -p $(@D)
	node scripts/bundle.js page

dist/explorer.js: $(WEB) dist/cosdim.js $(BUNDLE)
	node scripts/bundle.js explorer
	cp web/explorer.cjs $(@D)

dist/cosdim.html: dist/page/index.html scripts/single-file.js scripts/published.js
	node scripts/single-file.js $(<D) $@

$(NODE_MODULES): package.json package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	touch $@

# The same C, natively: the kernels through SIMDe, everything under the sanitizers. Other builds are for what these do
# not see: `memory` for memory that was never written, `plain` for valgrind, `cover` for what the tests run. An object a
# file, so that a change recompiles little.
CC_NATIVE ?= clang
CFLAGS_native := -fsanitize=address,undefined,integer,implicit-conversion,float-cast-overflow,local-bounds,nullability \
	-fno-sanitize=unsigned-shift-base -fno-sanitize-recover=all
CFLAGS_memory := -fsanitize=memory -fno-sanitize-recover=all
CFLAGS_plain := -gdwarf-4
CFLAGS_cover := -fprofile-instr-generate -fcoverage-mapping
CFLAGS_C := -std=c11 -O1 -g -Wall -Wextra -Werror -ffp-contract=off -Ic -Ic/host
CFLAGS_NATIVE := $(CFLAGS_C) $(CFLAGS_native)
NATIVE := $(filter-out %/wasm.c,$(C)) $(sort $(wildcard tests/c/*.c))
define NATIVE_BUILD
build/$(1)/test-c: $(NATIVE:%.c=build/$(1)/%.o)
	$(CC_NATIVE) $(CFLAGS_C) $(CFLAGS_$(1)) $$^ -lm -o $$@
build/$(1)/%.o: %.c Makefile | build/native/toolchain
	mkdir -p $$(@D)
	$(CC_NATIVE) $(CFLAGS_C) $(CFLAGS_$(1)) -MMD -MP -c $$< -o $$@
-include $(NATIVE:%.c=build/$(1)/%.d)
endef
$(foreach build,native memory plain cover,$(eval $(call NATIVE_BUILD,$(build))))
build/native/toolchain:
	scripts/need clang libclang-rt-14-dev libsimde-dev -- sh -c \
	  'printf "#include <simde/wasm/simd128.h>\nint main(void) { return 0; }" | $(CC_NATIVE) -fsanitize=address -x c - -o /dev/null'
	mkdir -p $(@D)
	touch $@

# What repeats, natively, what the package computed.
REPLAY_OBJECTS := $(patsubst %.c,build/native/%.o,$(filter-out %/wasm.c,$(C)) tests/determinism/replay.c)
build/replay: $(REPLAY_OBJECTS)
	$(CC_NATIVE) $(CFLAGS_NATIVE) $^ -lm -o $@

sanitize: build/native/test-c build/memory/test-c ## run the native tests under every sanitizer of clang
	build/native/test-c
	build/memory/test-c

VALGRIND_SUBJECTS := heap arguments halves conversion copies similarity slices topk operations pair magnitudes merging views
valgrind: build/plain/test-c ## run native tests under valgrind, a fiftieth of those with random numbers: no error, no leak
	scripts/need valgrind -- command -v valgrind
	valgrind -q --error-exitcode=1 --leak-check=full --errors-for-leak-kinds=all build/plain/test-c --memory \
	  $(VALGRIND_SUBJECTS)

# SIMDe's macros, which clang-tidy takes for those of the kernels, fail its rules of style: kernels are only checked for
# bugs. Their widened products are of constants and of lanes' numbers, and their pragmas are clang's.
TIDY := $(filter-out c/kernels/%,$(C))
TIDY_KERNELS := -misc-*,-performance-*,-portability-*,-readability-*,-bugprone-implicit-widening-of-multiplication-result
WARN := -Wconversion -Wshadow
analyze: build/native/toolchain | emcc ## run clang-tidy, gcc's analyzer and strict warnings over the C core
	scripts/need clang-tidy gcc -- sh -c 'command -v clang-tidy && command -v gcc'
	clang-tidy --quiet $(filter-out %/wasm.c,$(TIDY)) -- $(CFLAGS_C)
	clang-tidy --quiet --checks='$(TIDY_KERNELS)' --header-filter='(^|/)c/kernels/.*\.h$$' $(filter c/kernels/%,$(C)) -- $(CFLAGS_C)
	clang-tidy --quiet c/host/wasm.c -- -std=c11 -Ic $$($(EMCC) --cflags)
	$(EMCC) $(EMFLAGS) $(WARN) -fsyntax-only $(C)
	for file in $(C); do gcc $(CFLAGS_C) $(WARN) -Wno-unknown-pragmas -fanalyzer -c $$file -o /dev/null || exit 1; done

# The fuzzers, over the same C, which tells libFuzzer what it covers. (Comparisons are not traced: that takes more than
# half of the time, and finds no more where nothing is compared with a magic number.)
FUZZERS := plan merge matrices vectors views exports
FUZZ := $(FUZZERS:%=build/fuzz-%)
FUZZ_OBJECTS := $(patsubst %.c,build/fuzz/%.o,$(filter-out %/wasm.c,$(C)) tests/c/operand.c tests/c/check.c)
$(FUZZ): build/fuzz-%: build/fuzz/tests/fuzz/%.o $(FUZZ_OBJECTS)
	$(CC_NATIVE) $(CFLAGS_NATIVE) -fsanitize=fuzzer $^ -lm -o $@
build/fuzz/c/%.o build/fuzz/tests/fuzz/%.o: COVERED := -fsanitize-coverage=inline-8bit-counters,pc-table
build/fuzz/%.o: %.c Makefile | build/native/toolchain
	mkdir -p $(@D)
	$(CC_NATIVE) $(CFLAGS_NATIVE) -O2 $(COVERED) -MMD -MP -c $< -o $@

# New inputs go to build/corpus/; what crashes a target, to build/. -len_control=0: short inputs make no tensors.
SECONDS ?= 60
FUZZ_FLAGS := -len_control=0 -max_len=400 -entropic=0 -artifact_prefix=build/ -print_final_stats=1
fuzz: $(FUZZ) ## fuzz the C core: make fuzz SECONDS=3600
	for target in $(FUZZERS); do mkdir -p build/corpus/$$target && \
	  build/fuzz-$$target -max_total_time=$(SECONDS) $(FUZZ_FLAGS) \
	  build/corpus/$$target tests/fuzz/corpus/$$target || exit 1; done

-include $(FUZZERS:%=build/fuzz/tests/fuzz/%.d) $(FUZZ_OBJECTS:.o=.d) $(WASM_OBJECTS:.o=.d) $(REPLAY_OBJECTS:.o=.d)

# Tests of the C core, of the package, and of the page. tests/page needs no browser. By itself, Node runs one file less at
# once than there are cores.
CORES := $(shell getconf _NPROCESSORS_ONLN)
NODE_TEST := node --test --test-reporter=spec --test-concurrency=$(CORES)
TESTS_C := $(wildcard tests/c/*.test.js)
TESTS_JS := $(wildcard $(addsuffix /*.test.js,$(addprefix tests/,js cli types bench recipes))) \
	tests/package/readme.test.js tests/package/stand-in.test.js tests/package/supply.test.js tests/shards/shards.test.js \
	tests/shards/examples.test.js tests/determinism/native.test.js
TESTS_PAGE := $(wildcard tests/page/*.test.js)

# What is missing is installed first, since only one apt-get can run at a time; then everything is built on all cores.
test: emcc build/native/toolchain browsers servers shells ## run lint and every test
	$(MAKE) -j$(CORES) all build/native/test-c build/replay $(FUZZ)
	$(MAKE) lint test-c test-js test-shards test-page

test-quick: all build/native/test-c build/replay $(FUZZ) shells ## run the tests that need neither a browser nor minutes
	$(NODE_TEST) $(TESTS_C) $(filter-out %/soak.test.js,$(TESTS_JS)) $(TESTS_PAGE)

test-c: build/native/test-c $(FUZZ) ## test the C core, under the sanitizers
	$(NODE_TEST) $(TESTS_C)

test-js: all build/replay shells ## test the package, with a soak of a million calls
	$(NODE_TEST) $(TESTS_JS)

test-shards: all servers ## test flows of shards over Redis, PostgreSQL and NATS, and what can happen to them
	$(NODE_TEST) --test-concurrency=3 $(addprefix tests/shards/,redis.test.js postgres.test.js nats.test.js)

test-page: all browsers ## test the page and the packed package, in Chromium, Firefox and WebKit
	$(NODE_TEST) $(TESTS_PAGE) tests/package/package.test.js tests/package/readme-page.test.js
	$(NODE_TEST) --test-concurrency=3 $(addprefix tests/browser/,firefox-1.js firefox-2.js chromium-1.js chromium-2.js \
	  page-axe.test.js webkit.test.js workers.test.js) tests/determinism/browsers.test.js

browsers:
	@scripts/need chromium-headless-shell firefox-esr webkit2gtk-driver xvfb -- sh -c \
	  'command -v chromium-headless-shell && command -v firefox-esr && command -v WebKitWebDriver && command -v Xvfb'

# Debian keeps some of them where only root looks.
servers:
	@PATH="$$PATH:/usr/sbin" scripts/need redis-server postgresql nats-server mount -- sh -c \
	  'command -v redis-server && command -v nats-server && command -v mount && ls /usr/lib/postgresql/*/bin/initdb'

# Whose completion of commands is tested.
shells:
	@scripts/need bash zsh fish -- sh -c 'command -v bash && command -v zsh && command -v fish'

# Proof of the tests themselves, and what takes longer than `npm test` may.
SEED ?= $(shell date +%s)
soak: all ## make ten million calls, which leak nothing: make soak SEED=1
	SOAK=10000000 SEED=$(SEED) $(NODE_TEST) tests/js/soak.test.js

# In the tree that is measured, all copies of the package share the sources, and there is no native build.
TESTS_COVERED := $(filter-out %/soak.test.js %/types.test.js %/several.test.js %/refused-memory.test.js \
  tests/determinism/%,$(TESTS_JS))
coverage: all shells build/cover/test-c ## measure the coverage of lines and branches of c/ and js/, which is 95 % at least
	scripts/need llvm -- sh -c 'command -v llvm-cov && command -v llvm-profdata'
	node tests/coverage/c.js
	node tests/coverage/js.js $(TESTS_COVERED)

mutants: all build/native/test-c build/cover/test-c build/coverage/tests/seconds.json ## change c/ and js/ in one place, and see tests fail: make mutants MUTANTS=200 SEED=1
	node tests/mutants/index.js
build/coverage/tests/seconds.json:
	$(MAKE) --no-print-directory coverage

# What `npm run bench` needs besides: the other libraries, and probes of what WebAssembly can do at most.
PEERS := tests/bench/peers
bench: all build/probes.wasm $(PEERS)/node_modules/.package-lock.json ## build what `npm run bench` needs
build/probes.wasm: tests/bench/probes.c Makefile | emcc
	mkdir -p $(@D)
	$(EMCC) $(EMFLAGS) $(EMLINK) -O3 $< -o $@
$(PEERS)/node_modules/.package-lock.json: $(PEERS)/package.json $(PEERS)/package-lock.json
	npm ci --prefix $(PEERS) --omit=optional --no-audit --no-fund --loglevel=error
	touch $@

C_STYLE := $(shell find c examples tests -name '*.[ch]' -not -path '*/node_modules/*')
lint: $(DIST) ## check formatting, types and package.json
	scripts/need clang-format -- command -v clang-format
	clang-format --dry-run -Werror $(C_STYLE)
	$(BIN)/biome check --error-on-warnings .
	$(TSC) -p tsconfig.json
	$(TSC) -p tsconfig.check.json
	$(BIN)/publint --strict

format: $(NODE_MODULES) ## format C, JavaScript, CSS and JSON
	clang-format -i $(C_STYLE)
	$(BIN)/biome check --write .

clean: ## delete dist/ and build/
	rm -rf dist build
