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
LDLIBS += -lyaml -lpcre2-8 -larchive -lcrypto -lutf8proc -lz -lm
# The program is linked statically: it starts in a third of the time, and runs in any container. Sanitizers cannot.
STATIC ?= $(if $(SANITIZE),,-static)

SOURCES := $(filter-out src/cli/main.c,$(wildcard src/*/*.c))
OBJECTS := $(SOURCES:src/%.c=$(BUILD)/obj/%.o)
BENCHES := $(patsubst tests/bench/%.c,$(BUILD)/bench/%,$(wildcard tests/bench/bench_*.c))
TESTS := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/test_*.c))

all: $(BUILD)/libyare.a # the program joins when its last parts land

# --- libraries ------------------------------------------------------------------------------------------------

# Installs what is missing through apt on Debian and Ubuntu; elsewhere says what is needed.
$(BUILD)/.libraries: .ci/libraries
	@mkdir -p $(BUILD)
	@sh .ci/libraries
	@touch $@

# --- the program ----------------------------------------------------------------------------------------------

$(BUILD)/obj/%.o: src/%.c | $(BUILD)/.libraries
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c $< -o $@

$(BUILD)/libyare.a: $(OBJECTS)
	@rm -f $@
	ar rcs $@ $(OBJECTS)

$(BUILD)/yare: $(BUILD)/obj/cli/main.o $(BUILD)/libyare.a
	$(CC) $(STATIC) $(LDFLAGS) $^ $(LDLIBS) -o $@
	@ln -sf yare $(BUILD)/helm

# --- tests ----------------------------------------------------------------------------------------------------

$(BUILD)/tests/%: tests/unit/%.c $(BUILD)/libyare.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP $< $(BUILD)/libyare.a $(LDFLAGS) $(LDLIBS) -lcmocka -o $@

unit: $(TESTS)
	@for t in $(TESTS); do $$t || exit 1; done

test: unit

# --- how fast --------------------------------------------------------------------------------------------------

$(BUILD)/bench/%: tests/bench/%.c $(BUILD)/libyare.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP $< $(BUILD)/libyare.a $(LDFLAGS) $(LDLIBS) -o $@

# Prints times beside those of peers; no timing fails.
bench: $(BENCHES)
	@for b in $(BENCHES); do echo "== $$b"; $$b || exit 1; done

.PHONY: all unit test bench

-include $(OBJECTS:.o=.d) $(BUILD)/obj/cli/main.d $(TESTS:=.d) $(BENCHES:=.d)
