#!/usr/bin/env bash
# Plans through the API of an emulator that serves synthetic trees: bench/plan.sh [TREE ...]; what the strategy reads: bench/plan.sh reads [SHAPE ...].
set -eu
cd "$(dirname "$0")/.."
. bench/measure.sh
dotnet build bench/QSplit.Bench -c Release -v quiet --nologo
machine .
echo
[ "${1:-}" = reads ] || [ "${1:-}" = figures ] || set -- plan "$@"
exec dotnet artifacts/dotnet/bin/QSplit.Bench/release/QSplit.Bench.dll "$@"
