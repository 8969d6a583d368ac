#!/bin/sh
# The crawl beside find and fpart: bench/crawl.sh [DIRECTORY]; and a million files: bench/crawl.sh million [FILES-PER-DIRECTORY].
set -eu
cd "$(dirname "$0")/.."
if ! command -v fpart > /dev/null; then
  if [ "$(id -u)" = 0 ]; then
    apt-get install -y fpart > /dev/null
  else
    echo "fpart is missing. Install it with: sudo apt-get install -y fpart" >&2
    exit 3
  fi
fi
dotnet build bench/QSplit.Bench -c Release -v quiet --nologo
[ "${1:-}" = million ] || set -- crawl "$@"
exec dotnet artifacts/dotnet/bin/QSplit.Bench/release/QSplit.Bench.dll "$@"
