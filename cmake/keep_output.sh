#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# keep_output.sh FOLDER COMMAND...     runs a compiler; what it prints also goes to FOLDER/OBJECT.log
#
# For nvcc, whose --resource-usage says how many registers, spills and how much stack each kernel has.
set -uo pipefail
folder=$1
shift
name=output
previous=
for argument in "$@"; do
    [[ $previous != -o ]] || name=$(basename "$argument")
    previous=$argument
done
mkdir -p "$folder"
"$@" >"$folder/$name.log" 2>&1
status=$?
# The figures are in the file; on the terminal they would hide a warning.
grep -v -e '^ptxas info' -e 'bytes stack frame,' -e '^$' "$folder/$name.log" >&2
exit "$status"
