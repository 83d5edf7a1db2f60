# What people type; the work is done in scripts/.
.PHONY: run test bench

run:    ## serve the portal at http://127.0.0.1:8000 (PORT changes it), installing what is missing
	@scripts/run.sh

test:   ## everything: static checks, tests on SQLite and PostgreSQL, browser journeys
	@scripts/test.sh

bench:  ## measure and print the figures of speed, and what the checks find
	@scripts/bench.sh
