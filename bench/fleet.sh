#!/usr/bin/env bash
# One host against two of the same bandwidth, and what ssh costs: bench/fleet.sh [ROUNDS]. As root the hosts are network namespaces of their own;
# otherwise, or where there can be none, each is an sshd on 127.0.0.2 or 127.0.0.3. BYTES and RATE (MB/s) say how long one host takes.
set -eu
cd "$(dirname "$0")/.."
. bench/measure.sh
PATH=$PATH:/usr/sbin:/sbin
rounds=${1:-3}
rate=${RATE:-10}
bytes=${BYTES:-100000000}
buckets=200
port=22413
hosts=(one two)
work=$PWD/artifacts/bench/fleet
figures=$work/figures
manifest=$work/migrations.yml
spaces=qsplit-bench-$$
inside=()
sshds=()
need rsync:rsync ssh:openssh-client sshd:openssh-server
[ "$(id -u)" != 0 ] || need ip:iproute2

make_tree() {
  [ -d "$1" ] && return
  dotnet build bench/QSplit.Bench -c Release -v quiet --nologo
  rm -rf "$1.unfinished"
  dotnet artifacts/dotnet/bin/QSplit.Bench/release/QSplit.Bench.dll tree "$1.unfinished" "$2" "$3"
  mv "$1.unfinished" "$1"
}

# A bridge in a namespace of its own, where the controller runs too: the network of the machine is left as it is.
make_network() {
  local n
  ip netns add "$spaces-hub" 2>/dev/null || return 1
  ip -n "$spaces-hub" link add hub type bridge || return 1
  ip -n "$spaces-hub" address add 10.213.0.1/24 dev hub
  ip -n "$spaces-hub" link set lo up
  ip -n "$spaces-hub" link set hub up
  for n in 2 3; do
    ip netns add "$spaces-$n"
    ip -n "$spaces-hub" link add "port$n" type veth peer name eth0 netns "$spaces-$n" || return 1
    ip -n "$spaces-hub" link set "port$n" master hub up
    ip -n "$spaces-$n" address add "10.213.0.$n/24" dev eth0
    ip -n "$spaces-$n" link set lo up
    ip -n "$spaces-$n" link set eth0 up
  done
}

remove_network() {
  local n
  for n in hub 2 3; do
    [ ! -e "/run/netns/$spaces-$n" ] || ip netns delete "$spaces-$n"
  done
}

stop() {
  local pid
  for pid in "${sshds[@]}"; do kill "$pid" 2>/dev/null || true; done
  [ ${#sshds[@]} = 0 ] || wait "${sshds[@]}" 2>/dev/null || true
  remove_network
  rm -rf "$work"/target*
}

# $1: name; $2: address; $3: what to start it with, if anything. Nothing of ~/.ssh or /etc/ssh is read.
start_host() {
  local folder=$work/$1
  mkdir "$folder"
  ssh-keygen -q -t ed25519 -N '' -f "$folder/host_key"
  printf '[%s]:%s %s\n' "$2" "$port" "$(cat "$folder/host_key.pub")" >>"$work/known_hosts"
  cat >"$folder/sshd_config" <<END
ListenAddress $2
Port $port
HostKey "$folder/host_key"
AuthorizedKeysFile "$work/client.pub"
AuthenticationMethods publickey
PermitRootLogin yes
PidFile none
UsePAM no
UseDNS no
StrictModes no
PrintMotd no
PrintLastLog no
SetEnv "HOME=$folder" "PATH=$PATH"
END
  : >"$folder/log"
  ${3:+ip netns exec "$3"} "$(command -v sshd)" -D -e -f "$folder/sshd_config" 2>>"$folder/log" &
  sshds+=($!)
  for _ in {1..100}; do
    grep -q 'Server listening' "$folder/log" && return
    kill -0 $! 2>/dev/null || break
    sleep 0.1
  done
  printf 'The sshd of host %s has not started on %s, port %s:\n' "$1" "$2" "$port" >&2
  cat "$folder/log" >&2
  exit 1
}

start_hosts() {
  local addresses=(127.0.0.2 127.0.0.3) n
  rm -rf "$work/one" "$work/two" "$work"/client* "$work/known_hosts"
  ssh-keygen -q -t ed25519 -N '' -f "$work/client"
  cat >"$work/ssh_config" <<END
Host *
  IdentityFile "$work/client"
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile "$work/known_hosts"
  GlobalKnownHostsFile /dev/null
END
  if [ "$(id -u)" = 0 ]; then
    mkdir -p /run/sshd
    if make_network; then
      inside=(ip netns exec "$spaces-hub")
      addresses=(10.213.0.2 10.213.0.3)
    else
      remove_network
      echo 'There can be no network namespaces here: the hosts are on loopback.' >&2
    fi
  fi
  network="hosts on ${addresses[*]}"
  [ ${#inside[@]} = 0 ] || network="$network, each in a network namespace"
  for n in 0 1; do start_host "${hosts[n]}" "${addresses[n]}" ${inside:+"$spaces-$((n + 2))"}; done
  write_manifest "${addresses[@]}"
}

write_manifest() {
  local far="user: $(id -un), port: $port, ssh_config: \"$work/ssh_config\""
  cat >"$manifest" <<END
version: 1
hosts:
  one: { address: $1, $far, slots: 2, bandwidth: ${rate}MB/s }
  two: { address: $2, $far, slots: 2, bandwidth: ${rate}MB/s }
  here: { local: true, slots: 2, bandwidth: ${rate}MB/s }
  one-of-4: { address: $1, $far, slots: 4 }
  here-of-4: { local: true, slots: 4 }
migrations:
  rates:
    source: { directory: "$work/tree" }
    mounts: { target: "$work/target" }
    hosts: [one, two]
  attempts:
    source: { directory: "$work/tiny" }
    mounts: { target: "$work/target-tiny" }
    hosts: [one-of-4]
END
}

migrate() { "${inside[@]}" ./build.sh --target=Migrate --manifest="$manifest" --fresh "$@"; }

connections() { cat "$work"/{one,two}/log | grep -c 'Accepted publickey' || true; }

# Nothing of the target may differ from the source, by content, times or modes.
verify() {
  local different
  different=$(rsync -a --dry-run --checksum --delete --itemize-changes "$2/" "$3/")
  [ -z "$different" ] && return
  printf '%s: the target is not the source:\n%s\n' "$1" "$(head <<<"$different")" >&2
  exit 1
}

# A target is set aside, not removed, for the reason that copy.sh gives; the memory of earlier runs goes, so that all plan alike.
# $1: file of figures; $2: name; $3: source; $4: target; then the options.
turn() {
  local file=$1 name=$2 source=$3 target=$4 before
  shift 4
  rm -rf "$work/artifacts"
  mkdir "$target"
  find "$source" -type f -exec cat {} + >/dev/null
  sync
  before=$(connections)
  measure "$file" "$name" migrate "$@"
  printf '%s\t%s\n' "$name" $(($(connections) - before)) >>"$file.connections"
  verify "$name" "$source" "$target"
  mv "$target" "$target-$((++turns))"
}

rates_turn() {
  case $1 in
    0) turn "$figures.rates" 'one host' "$work/tree" "$work/target" --migration=rates --hosts=one ;;
    1) turn "$figures.rates" 'two hosts' "$work/tree" "$work/target" --migration=rates --hosts=one,two ;;
    2) turn "$figures.rates" 'local: true' "$work/tree" "$work/target" --migration=rates --hosts=here ;;
  esac
}

# A few buckets beside many: the difference is free of what a run costs once.
attempts_turn() {
  local where=(ssh ssh local local) host=(one-of-4 one-of-4 here-of-4 here-of-4) count=(4 $buckets 4 $buckets)
  turn "$figures.attempts" "${where[$1]}, ${count[$1]} buckets" "$work/tiny" "$work/target-tiny" --migration=attempts "--hosts=${host[$1]}" "--buckets=${count[$1]}"
}

seconds_a_bucket() {
  table "$figures.attempts" "local, $buckets buckets" | awk -F ' *[|] *' -v most="$buckets" '
    $2 ~ / buckets$/ { split($2, part, /, | /); median[part[1], part[2]] = $3 }
    function each(where) { return (median[where, most] - median[where, 4]) / (most - 4) }
    END { for (i = split("ssh local", where, " "); i; i--) printf "- %s: %.3f s a bucket, %.3f s an attempt in its slot\n", where[i], each(where[i]), 4 * each(where[i]) }'
}

mkdir -p "$work"
make_tree "$work/tree" 2000 "$bytes"
make_tree "$work/tiny" 2000 2000000
rm -rf "$work"/target* "$figures".*
turns=0
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
start_hosts
"${inside[@]}" ./build.sh --target=Validate --manifest="$manifest" >/dev/null
began=$(machine "$work")
for ((round = 0; round < rounds; round++)); do
  for ((i = 0; i < 3; i++)); do rates_turn $(((i + round) % 3)); done
  for ((i = 0; i < 4; i++)); do attempts_turn $(((i + round) % 4)); done
  printf 'round %s of %s\n' $((round + 1)) "$rounds" >&2
done

printf '%s; at the end %s\n' "$began" "$(cut -d ' ' -f 1-3 /proc/loadavg)"
printf '%s; %s rounds by turns; %s; %s\n\n' "$network" "$rounds" "$(rsync --version | awk 'NR == 1 { print $1, $3 }')" "$(ssh -V 2>&1)"
printf '%s bytes, each host of 2 slots at %s MB/s:\n\n' "$bytes" "$rate"
table "$figures.rates" 'one host'
printf '\nTiny buckets over one host of 4 slots, without a limit:\n\n'
table "$figures.attempts" "local, $buckets buckets"
printf '\n'
seconds_a_bucket
printf '\nConnections made by a turn:\n\n'
sort -u "$figures".*.connections | sed 's/^/- /; s/\t/: /'
