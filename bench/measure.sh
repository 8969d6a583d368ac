# shellcheck shell=bash
# Sourced by the benches: contenders take turns, what each took goes to a file of figures, and the medians become a table for README.md.

# $1: file of figures; $2: name; then the command, its output kept beside the figures. A command that fails ends the bench.
measure() {
  local figures=$1 name=$2 took
  shift 2
  TIMEFORMAT='%R %U %S'
  if ! took=$({ time "$@" >"$figures.log" 2>&1 </dev/null; } 2>&1); then
    printf '%s failed: %s\n' "$name" "$*" >&2
    cat "$figures.log" >&2
    exit 1
  fi
  printf '%s\t%s\n' "$name" "${took// /$'\t'}" >>"$figures"
}

# $1: file of figures; $2: the name that all ratios are to. CPU is user and system time of the command and of all it waited for.
table() {
  printf '| | median s | fastest | slowest | CPU s | ratio |\n| --- | --- | --- | --- | --- | --- |\n'
  sort -t "$(printf '\t')" -k1,1 -k2,2n "$1" | awk -F '\t' -v reference="$2" '
    function median(values, n) { return n % 2 ? values[(n + 1) / 2] : (values[n / 2] + values[n / 2 + 1]) / 2 }
    function sort_numbers(values, n,   i, j, x) { for (i = 2; i <= n; i++) { x = values[i]; for (j = i - 1; j && values[j] > x; j--) values[j + 1] = values[j]; values[j + 1] = x } }
    function flush() { if (n == 0) return; sort_numbers(wall, n); sort_numbers(cpu, n); of[name] = median(wall, n); rest[name] = sprintf("%.2f | %.2f | %.2f", wall[1], wall[n], median(cpu, n)); names[++count] = name; n = 0 }
    $1 != name { flush(); name = $1 }
    { n++; wall[n] = $2; cpu[n] = $3 + $4 }
    END {
      flush()
      for (i = 2; i <= count; i++) { name = names[i]; for (j = i - 1; j && of[names[j]] > of[name]; j--) names[j + 1] = names[j]; names[j + 1] = name }
      for (i = 1; i <= count; i++) printf "| %s | %.2f | %s | %.2f |\n", names[i], of[names[i]], rest[names[i]], of[names[i]] / of[reference]
    }'
}

# $1: a directory on the file system that matters. Who reads figures wants to know where they come from.
machine() {
  printf '%s: %s processors (%s), %s of memory, %s, Linux %s, load %s\n' \
    "$(date -u +%Y-%m-%d)" "$(nproc)" "$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1)" "$(free -h | awk '/^Mem:/ { print $2 }')" \
    "$(df --output=fstype "$1" | tail -n 1)" "$(uname -r)" "$(cut -d ' ' -f 1-3 /proc/loadavg)"
}

# Each argument is program:package of Debian's; what is missing is installed where that is possible.
need() {
  local wanted=() each
  for each; do command -v "${each%%:*}" >/dev/null || wanted+=("${each##*:}"); done
  [ ${#wanted[@]} = 0 ] && return
  if [ "$(id -u)" = 0 ] && apt-get install -y -qq "${wanted[@]}" >/dev/null 2>&1; then return; fi
  printf 'Missing: %s. Install: sudo apt-get install -y %s\n' "${wanted[*]}" "${wanted[*]}" >&2
  exit 3
}
