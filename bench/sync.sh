#!/usr/bin/env bash
# Plans what changed between two snapshots of synthetic trees, through the API of an emulator: bench/sync.sh [FAULTS], such as latency=5ms.
set -eu
cd "$(dirname "$0")/.."
. bench/measure.sh
dotnet build bench/QSplit.Bench -c Release -v quiet --nologo
machine .
echo
exec dotnet artifacts/dotnet/bin/QSplit.Bench/release/QSplit.Bench.dll sync "${1:-}"
