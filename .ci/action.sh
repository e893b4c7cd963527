#!/usr/bin/env bash
# What the action runs: annotations on stdout, the report in the step's summary, the code as an output; the code of the check is
# the step's own. Inputs come as variables and never as part of a command line.
set -u
config=()
if [ -n "${OPENNESS_CONFIG:-}" ]; then config=(--config "$OPENNESS_CONFIG"); fi
read -r -a arguments <<< "${OPENNESS_ARGUMENTS:-}"
report="${RUNNER_TEMP:-/tmp}/openness-report.md"
rm -f "$report"
code=0
openness check "${config[@]}" -f github -f "markdown=$report" "${arguments[@]}" || code=$?
# GitHub takes a mebibyte of a step's summary
if [ -f "$report" ]; then head -c 1000000 "$report" >> "${GITHUB_STEP_SUMMARY:-/dev/null}"; fi
echo "code=$code" >> "${GITHUB_OUTPUT:-/dev/null}"
exit "$code"
