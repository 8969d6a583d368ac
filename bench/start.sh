#!/usr/bin/env bash
# From the command to its end, by turns, everything compiled before: bench/start.sh [ROUNDS].
set -eu
cd "$(dirname "$0")/.."
. bench/measure.sh
figures=$PWD/artifacts/bench/start
mkdir -p artifacts/bench
rm -f "$figures" "$figures".*

front_door() { ./build.sh --target=Validate; }
host() { dotnet "artifacts/host/$(cat artifacts/host/current)/Build.dll" --target=Validate; }
dotnet_run() { dotnet run --project build -- --target=Validate; }
no_build() { dotnet run --no-build --project build -- --target=Validate; }

names=('./build.sh' 'the host alone' 'dotnet run' 'dotnet run --no-build')
commands=(front_door host dotnet_run no_build)
for command in "${commands[@]}"; do "$command" >/dev/null; done
machine .
echo
rounds=${1:-9}
for ((round = 0; round < rounds; round++)); do
  for ((i = 0; i < 4; i++)); do
    at=$(((i + round) % 4))
    measure "$figures" "${names[at]}" "${commands[at]}"
  done
done
table "$figures" './build.sh'
