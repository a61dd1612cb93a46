# yare: `make render` builds and renders the platform, `make test` runs the tests, `make help` lists the rest.

BUILD ?= build
CC ?= cc
PREFIX ?= /usr/local
ENV ?= prod

# Each warning finds real bugs here; -Wconversion keeps sizes honest.
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2
OPTIMISE ?= -O2 -g
SANITIZE ?=
CPPFLAGS += -D_GNU_SOURCE -Isrc
CFLAGS += -std=c11 $(WARNINGS) $(OPTIMISE) $(SANITIZE) -fno-strict-aliasing -pthread
LDFLAGS += $(SANITIZE) -pthread
LDLIBS += -lyaml -lfyaml -lpcre2-8 -lcurl -lcrypto -lcrypt -lutf8proc -lz -lm
# The program is linked statically: it starts in a third of the time, and runs in any container. Sanitizers cannot.
STATIC ?= $(if $(SANITIZE),,-static)
# What a static libcurl itself needs; libyare.a comes once more for what no static library has (fetch/curl_absent.c).
CURL_STATIC = $(BUILD)/libyare.a -lnghttp2 -lpsl -lidn2 -lunistring -lssh2 -lssl -lcrypto -lzstd -lbrotlidec \
	-lbrotlicommon -lz

SOURCES := $(filter-out src/cli/main.c,$(wildcard src/*/*.c))
OBJECTS := $(SOURCES:src/%.c=$(BUILD)/obj/%.o) $(BUILD)/obj/report/page.o
BENCHES := $(patsubst tests/bench/%.c,$(BUILD)/bench/%,$(wildcard tests/bench/bench_*.c))
TESTS := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/test_*.c))

all: $(BUILD)/yare

# --- libraries ------------------------------------------------------------------------------------------------

# Installs what is missing through apt on Debian and Ubuntu; elsewhere says what is needed.
$(BUILD)/.libraries: .ci/libraries
	@mkdir -p $(BUILD)
	@sh .ci/libraries
	@touch $@

# --- the program ----------------------------------------------------------------------------------------------

$(BUILD)/obj/%.o: src/%.c | $(BUILD)/.libraries
	@mkdir -p $(@D)
	@echo "cc $<" >&2
	@$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c $< -o $@

# The page of `yare diff -o html`, as bytes in the program.
$(BUILD)/page.c: src/report/page.html
	@mkdir -p $(@D)
	@{ echo '#include <stddef.h>'; \
	echo 'extern const unsigned char report_page[]; extern const size_t report_page_size;'; \
	echo 'const unsigned char report_page[] = {'; od -An -v -tx1 $< | sed 's/[0-9a-f][0-9a-f]/0x&,/g'; echo '};'; \
	echo 'const size_t report_page_size = sizeof report_page;'; } >$@

$(BUILD)/obj/report/page.o: $(BUILD)/page.c
	@mkdir -p $(@D)
	@$(CC) $(CPPFLAGS) $(CFLAGS) -c $< -o $@

$(BUILD)/libyare.a: $(OBJECTS)
	@rm -f $@
	@ar rcs $@ $(OBJECTS)

# A file written in one go is mapped in larger pieces than what the linker leaves: copying it saves a third of a start.
$(BUILD)/yare: $(BUILD)/obj/cli/main.o $(BUILD)/libyare.a
	@echo "link $@" >&2
	@$(CC) $(STATIC) $(LDFLAGS) $^ $(LDLIBS) $(if $(STATIC),$(CURL_STATIC)) -o $@.linked || \
		{ $(if $(STATIC),echo 'these libraries cannot be linked statically: linking dynamically' >&2; \
		$(CC) $(LDFLAGS) $^ $(LDLIBS) -o $@.linked,exit 1); }
	@rm -f $@ && cp $@.linked $@ && rm $@.linked
	@ln -sf yare $(BUILD)/helm
	@ln -sf yare $(BUILD)/helmfile
	@ln -sf yare $(BUILD)/kustomize

# --- tests ----------------------------------------------------------------------------------------------------

$(BUILD)/tests/%: tests/unit/%.c $(BUILD)/libyare.a
	@mkdir -p $(@D)
	@$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP $< $(BUILD)/libyare.a $(LDFLAGS) $(LDLIBS) -lcmocka -o $@

$(BUILD)/conformance/%: tests/conformance/%.c $(BUILD)/libyare.a
	@mkdir -p $(@D)
	@$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP $< $(BUILD)/libyare.a $(LDFLAGS) $(LDLIBS) -o $@

unit: $(TESTS)
	@for t in $(TESTS); do $$t || exit 1; done

# Everything: unit tests, golden outputs, the command line; ends with the totals.
test: $(BUILD)/yare $(TESTS) $(BUILD)/conformance/origins fuzz-programs
	@sh tests/run $(BUILD)

# What needs no program: dependency direction of folders, headers that compile alone.
check: layers
	@sh .ci/headers

layers:
	@sh .ci/layers

# The whole suite with sanitizers.
asan:
	$(MAKE) BUILD=build-asan SANITIZE="-fsanitize=address,undefined -fno-sanitize-recover=undefined" \
		OPTIMISE="-O1 -g -DARENA_DEBUG" test

# Records what the real programs print; needs helm (and helmfile) in YARE_ORACLE or on PATH.
golden:
	@sh tests/golden/record

# --- use --------------------------------------------------------------------------------------------------------

# The platform's manifests for ENV (local, dev, staging, prod).
render: $(BUILD)/yare
	@$(BUILD)/yare render -e $(ENV)

install: $(BUILD)/yare
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 $(BUILD)/yare $(DESTDIR)$(PREFIX)/bin/yare

clean:
	rm -rf build build-asan

help:
	@echo 'make               build build/yare'
	@echo 'make render ENV=X  print the platform for an environment (local, dev, staging, prod)'
	@echo 'make test          run all tests'
	@echo 'make check         folder layers, headers'
	@echo 'make asan          all tests under the address and undefined behaviour sanitizers'
	@echo 'make bench         times beside the peers'
	@echo 'make golden        record the golden outputs anew from the real programs'
	@echo 'make install       into PREFIX (/usr/local), DESTDIR respected'

# --- hostile input --------------------------------------------------------------------------------------------

include tests/fuzz/fuzz.mk

# --- how fast --------------------------------------------------------------------------------------------------

$(BUILD)/bench/%: tests/bench/%.c $(BUILD)/libyare.a
	@mkdir -p $(@D)
	@$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP $< $(BUILD)/libyare.a $(LDFLAGS) $(LDLIBS) -o $@

# Prints times beside those of peers; no timing fails.
bench: $(BENCHES) $(BUILD)/yare
	@for b in $(BENCHES); do echo "== $$b"; $$b || exit 1; done
	@for b in tests/bench/*.sh; do echo "== $$b"; sh $$b $(BUILD)/yare || exit 1; done

.PHONY: all unit test check layers asan golden render install clean help bench

-include $(OBJECTS:.o=.d) $(BUILD)/obj/cli/main.d $(TESTS:=.d) $(BENCHES:=.d)
