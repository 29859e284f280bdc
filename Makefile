# The front door. `make` lists what there is; each target does its own set-up on a fresh Debian 12.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run build test check bench coverage demo dev fuzz new-action soak clean

help:  ## this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

run: build  ## build, and serve a demo account with the web app (data in ./data)
	@tools/run

build:  ## build/release/strowger and web/dist
	@tools/setup build
	@tools/build release strowger
	@tools/web build

test:  ## everything: unit, scenarios, wire, API and browser tests, tidy; ends `N passed, N failed`
	@tools/setup build test
	@tools/build release strowger unit_tests
	@tools/web build
	@tools/test quick

check:  ## slower: sanitizers, torture, g++ 12, 10,000 seeds, a toy action; ends like test
	@tools/setup build test check
	@tools/test thorough

bench:  ## what a call costs, beside a raw-socket floor and Kamailio (15 min; BENCH=--quick: 3 min)
	@tools/setup build bench
	@tools/build release strowger bench_tools
	@bench/run.py $(BENCH)

demo:  ## two calls against a server of its own: a busy number and a spoken announcement
	@tools/setup build
	@tools/build release strowger
	@tools/demo

dev:  ## debug build, served with the web app; what changes is rebuilt and replaced at once
	@tools/setup build
	@tools/web install
	@tools/dev

coverage:  ## branches of the parsers that unit tests and corpora reach; fails below 90 %
	@tools/setup build coverage
	@tools/coverage

fuzz:  ## each fuzz target for FUZZ_SECONDS (60), or FUZZ_RUNS executions in all
	@tools/setup build
	@tools/fuzz

soak:  ## two hours of everything at once, then nothing may be left (SOAK='--seconds 600')
	@tools/setup build test
	@tools/build release strowger
	@tests/wire/soak.py --strowger build/release/strowger $(SOAK)

new-action:  ## name=x: actions/x/ with code, form, scenarios and help that build and pass
	@tools/new-action "$(name)"

clean:  ## remove what was built and fetched (the demo data in data/ stays)
	@rm -rf build web/dist web/node_modules node_modules
