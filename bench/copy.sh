#!/usr/bin/env bash
# One tree, four ways, by turns in one run: bench/copy.sh [ROUNDS]. COLD=1 empties the page cache before each turn (root).
# FILES and BYTES say how large the tree is that is made at first use.
set -eu
cd "$(dirname "$0")/.."
. bench/measure.sh
rounds=${1:-5}
work=$PWD/artifacts/bench
tree=$work/tree
target=$work/target
figures=$work/copy
need rsync:rsync fpsync:fpart rclone:rclone

make_tree() {
  [ -d "$tree" ] && return
  dotnet build bench/QSplit.Bench -c Release -v quiet --nologo
  rm -rf "$tree.unfinished"
  dotnet artifacts/dotnet/bin/QSplit.Bench/release/QSplit.Bench.dll tree "$tree.unfinished" "${FILES:-40000}" "${BYTES:-800000000}"
  mv "$tree.unfinished" "$tree"
}

# With their defaults, but for two at a time, and for rclone to carry what the others do.
qsplit() { ./build.sh --target=Migrate --manifest=bench/migrations.yml --fresh; }
fpsync_() { fpsync -n 2 -t "$work/fpsync" "$tree/" "$target/"; }
rclone_() { rclone sync --links --metadata --transfers 2 --checkers 2 "$tree" "$target"; }
rsync_() { rsync -a "$tree/" "$target/"; }

# What is not as in the source, by content: nothing may be but the attributes of directories, whose number is told.
verify() {
  local different
  different=$(rsync -a --dry-run --checksum --delete --itemize-changes "$tree/" "$target/")
  if grep -qv '^\.d' <<<"${different:-.d}"; then
    printf '%s: the target is not the source:\n' "$1" >&2
    grep -v '^\.d' <<<"$different" | head >&2
    exit 1
  fi
  printf '%s\t%s\n' "$1" "$(grep -c '^\.d' <<<"$different")" >>"$figures.directories"
}

settle() {
  sync
  if [ -n "${COLD:-}" ]; then echo 3 >/proc/sys/vm/drop_caches; else read_all; fi
}

read_all() { find "$tree" -type f -exec cat {} + >/dev/null; }

# What was copied is set aside until all is over: ext4 without a journal looks at every inode that was deleted in the last minute
# (recently_deleted in fs/ext4/ialloc.c) whenever it makes a file, so that removing one target made the next copy up to five times slower.
# The memory of earlier runs goes: each turn is the first one of a new user.
empty() {
  [ ! -d "$target" ] || mv "$target" "$target-$(find "$work" -maxdepth 1 -name 'target-*' | wc -l)"
  rm -rf "$work/fpsync" bench/artifacts
  mkdir "$target"
}

tidy() {
  rm -rf "$target" "$target"-* "$work/fpsync" bench/artifacts
  touch "$work/tidied"
}

wait_for_inodes() {
  if compgen -G "$target*" >/dev/null; then tidy; fi
  [ -n "$(find "$work" -maxdepth 1 -name tidied -mmin -2)" ] || return 0
  echo 'Waiting two minutes: a target was removed just now, which makes new files dear on some file systems.' >&2
  sync
  sleep 120
}

turn() {
  empty
  settle
  measure "$figures.first" "$1" "$2"
  verify "$1"
  settle
  measure "$figures.second" "$1" "$2"
}

mkdir -p "$work"
make_tree
wait_for_inodes
./build.sh --target=Validate --manifest=bench/migrations.yml >/dev/null
rm -f "$figures".*
names=('QSplit, 2 slots' 'fpsync -n 2' 'rclone sync' 'rsync -a')
commands=(qsplit fpsync_ rclone_ rsync_)
began=$(machine "$work")
for ((round = 0; round < rounds; round++)); do
  for ((i = 0; i < 4; i++)); do
    at=$(((i + round) % 4))
    turn "${names[at]}" "${commands[at]}"
  done
  printf 'round %s of %s\n' $((round + 1)) "$rounds" >&2
done

printf '%s; at the end %s\n' "$began" "$(cut -d ' ' -f 1-3 /proc/loadavg)"
printf '%s files in %s directories, %s; cache %s; %s rounds by turns; %s, %s, %s\n\n' \
  "$(find "$tree" -type f | wc -l)" "$(find "$tree" -type d | wc -l)" "$(du -sh --apparent-size "$tree" | cut -f 1)" "$([ -n "${COLD:-}" ] && echo cold || echo warm)" "$rounds" \
  "$(rsync --version | awk 'NR == 1 { print $1, $3 }')" "$(fpsync -h | awk 'NR == 1 { print $1, $2 }')" "$(rclone version | head -n 1)"
printf 'To an empty target:\n\n'
table "$figures.first" 'rsync -a'
printf '\nAgain, with nothing to do:\n\n'
table "$figures.second" 'rsync -a'
printf '\nDirectories left with other times or modes after the first pass (of all else nothing differed):\n\n'
sort -u "$figures.directories" | sed 's/^/- /; s/\t/: /'
tidy
