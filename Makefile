# make builds everything into dist/; make test checks it. What the machine lacks is installed first (scripts/need).
MAKEFLAGS += --no-builtin-rules
.DELETE_ON_ERROR:
.PHONY: all wasm emcc bench test lint format clean

C := $(shell find c -name '*.c')
H := $(shell find c -name '*.h')
JS := $(wildcard js/*.js js/*.d.ts)
WEB := $(shell find web -type f)
NODE_MODULES := node_modules/.package-lock.json
BIN := node_modules/.bin

all: dist/cosdim.js dist/types/index.d.ts dist/page/index.html dist/explorer.js dist/cosdim.html

# A bare module: no imports, no glue, no malloc. The stack holds a walk's few kilobytes; memory is the scratch, the stack
# and a few tables, and grows only for tensors that are moved into it.
EMCC ?= emcc
EMFLAGS := -Ic -std=c11 -msimd128 -ffp-contract=off -Wall -Wextra -Werror
EMLINK := -O2 -msimd128 --no-entry -sSTANDALONE_WASM=1 -sSUPPORT_LONGJMP=0 -sALLOW_MEMORY_GROWTH=1 \
	-sMAXIMUM_MEMORY=4GB -sTOTAL_STACK=98304 -Wl,--stack-first -sINITIAL_MEMORY=1179648 -sEXPORTED_FUNCTIONS=___heap_base

# What runs for every element is compiled for speed; the rest, once an output, a tile or a call, for size: a tenth of it all
# (accumulate is no slower so). -Oz would save 0.1 % more, and cost a small call 5 % of its time: it inlines nothing.
WASM ?= dist/cosdim.wasm
WASM_OBJECTS := $(C:c/%.c=build/wasm/%.o)
wasm: $(WASM)
$(WASM): $(WASM_OBJECTS)
	mkdir -p $(@D)
	$(EMCC) $(EMLINK) $^ -o $@
build/wasm/kernels/%.o: OPTIMIZE := -O2
build/wasm/%.o: OPTIMIZE ?= -Os
build/wasm/%.o: c/%.c $(H) Makefile | emcc
	mkdir -p $(@D)
	$(EMCC) $(EMFLAGS) $(OPTIMIZE) -c $< -o $@
emcc:
	@scripts/need emscripten -- command -v $(EMCC)

# The oldest engines that have WebAssembly SIMD.
ESBUILD := $(BIN)/esbuild --bundle --format=esm --target=chrome91,firefox89,safari16.4,node16.9 --log-level=warning
dist/cosdim.js: $(JS) $(WASM) $(NODE_MODULES)
	$(ESBUILD) js/index.js --platform=neutral --loader:.wasm=base64 --outfile=$@

dist/types/index.d.ts: $(JS) tsconfig.json $(NODE_MODULES)
	$(BIN)/tsc -p tsconfig.json

# The page, in three forms: files, the element by itself in one module, and all of it in one HTML file.
ESBUILD_WEB := $(ESBUILD) --minify --charset=utf8
dist/page/index.html: $(WEB) dist/cosdim.js $(NODE_MODULES)
	$(ESBUILD_WEB) web/page.js --loader:.css=text --outdir=$(@D)
	$(ESBUILD_WEB) web/page.css --outdir=$(@D)
	cp web/index.html $(@D)

dist/explorer.js: $(WEB) dist/cosdim.js $(NODE_MODULES)
	$(ESBUILD_WEB) web/explorer/element.js --loader:.css=text --outfile=$@
	mkdir -p dist/types
	cp web/explorer.d.ts dist/types

dist/cosdim.html: dist/page/index.html scripts/single-file.js
	node scripts/single-file.js $(<D) $@

$(NODE_MODULES): package.json package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	touch $@

# The same C, natively: the kernels through SIMDe, under the sanitizers.
CC_NATIVE ?= clang
CFLAGS_NATIVE := -std=c11 -O1 -g -Wall -Wextra -Werror -ffp-contract=off -Ic \
	-fsanitize=address,undefined -fno-sanitize-recover=all
build/test-c: tests/c/test.c $(C) $(H) Makefile
	scripts/need clang libclang-rt-14-dev libsimde-dev -- sh -c \
	  'printf "#include <simde/wasm/simd128.h>\nint main(void) { return 0; }" | $(CC_NATIVE) -fsanitize=address -x c - -o /dev/null'
	mkdir -p build
	$(CC_NATIVE) $(CFLAGS_NATIVE) tests/c/test.c $(C) -lm -o $@

test: all lint build/test-c
	scripts/need chromium firefox-esr -- sh -c 'command -v chromium && command -v firefox-esr'
	node --test --test-reporter=spec $(filter-out tests/browser/%,$(wildcard tests/*/*.test.js))
	node --test --test-reporter=spec --test-concurrency=2 tests/browser/chromium.js tests/browser/firefox.js

# What npm run bench needs: the probes of what WebAssembly can do at most, and the other libraries.
PEERS := tests/bench/peers
bench: all build/probes.wasm $(PEERS)/node_modules/.package-lock.json
build/probes.wasm: tests/bench/probes.c Makefile | emcc
	mkdir -p $(@D)
	$(EMCC) $(EMFLAGS) $(EMLINK) -O3 $< -o $@
$(PEERS)/node_modules/.package-lock.json: $(PEERS)/package.json $(PEERS)/package-lock.json
	npm ci --prefix $(PEERS) --omit=optional --no-audit --no-fund --loglevel=error
	touch $@

lint: $(NODE_MODULES)
	scripts/need clang-format -- command -v clang-format
	clang-format --dry-run -Werror $(C) $(H) tests/c/*.c tests/bench/*.c
	$(BIN)/biome check --error-on-warnings .
	$(BIN)/tsc -p tsconfig.json --noEmit
	$(BIN)/publint --strict

format: $(NODE_MODULES)
	clang-format -i $(C) $(H) tests/c/*.c tests/bench/*.c
	$(BIN)/biome check --write .

clean:
	rm -rf dist build
