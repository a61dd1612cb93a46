# Fuzz targets: tests/fuzz/fuzz_X.c over tests/fuzz/corpus/X/. `make fuzz-replay` runs each over its corpus as an
# ordinary program; `make fuzz-run SECONDS=60` fuzzes each for that long with libFuzzer (clang), `TARGETS=X` only that.

FUZZ_NAMES := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
TARGETS ?= $(FUZZ_NAMES)
SECONDS ?= 60
FUZZ_BUILD = build-fuzz
FUZZ_SANITIZE = -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined

$(BUILD)/fuzz/%: tests/fuzz/fuzz_%.c tests/fuzz/replay.c tests/fuzz/fuzz.h $(BUILD)/libyare.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(filter %.c %.a,$^) $(LDFLAGS) $(LDLIBS) -o $@

fuzz-programs: $(FUZZ_NAMES:%=$(BUILD)/fuzz/%)

fuzz-replay: fuzz-programs
	@for t in $(FUZZ_NAMES); do printf 'fuzz %s: ' $$t; $(BUILD)/fuzz/$$t tests/fuzz/corpus/$$t || exit 1; done

fuzz-build:
	$(MAKE) CC=clang BUILD=$(FUZZ_BUILD) SANITIZE="$(FUZZ_SANITIZE)" OPTIMISE="-O1 -g" $(FUZZ_BUILD)/libyare.a
	@mkdir -p $(FUZZ_BUILD)/fuzz
	@for t in $(TARGETS); do \
		clang $(CPPFLAGS) -std=c11 $(FUZZ_SANITIZE) -fsanitize=fuzzer -O1 -g -pthread tests/fuzz/fuzz_$$t.c \
			$(FUZZ_BUILD)/libyare.a $(LDLIBS) -o $(FUZZ_BUILD)/fuzz/$$t || exit 1; done

# New inputs and those that fail stay in build-fuzz/.
fuzz-run: fuzz-build
	@for t in $(TARGETS); do echo "== $$t"; mkdir -p $(FUZZ_BUILD)/found/$$t; \
		$(FUZZ_BUILD)/fuzz/$$t -max_total_time=$(SECONDS) -timeout=20 -rss_limit_mb=4096 -print_final_stats=1 \
			-artifact_prefix=$(FUZZ_BUILD)/$$t- $(FUZZ_BUILD)/found/$$t tests/fuzz/corpus/$$t || exit 1; done

.PHONY: fuzz-programs fuzz-build fuzz-run fuzz-replay
